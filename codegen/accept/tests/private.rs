//! The generated code in a private module, of which nothing is used: it must be as quiet there.
#![deny(warnings, missing_docs, clippy::pedantic)]
#![allow(unused_qualifications, reason = "a document with a schema `Serialize` has the trait by its path")]
#![allow(unreachable_pub, reason = "the generated code does not know that it is private")]

#[path = "../src/apis/mod.rs"]
mod apis;

/// Code that is included from the folder that cargo gives to build scripts.
mod included {
    stubwright::include_api!("groups");
}

/// An implementation of every trait of a document serves it.
struct Everything;

macro_rules! handlers {
    ($trait:ident { $($name:ident: $request:ident, $response:ident;)+ }) => {
        impl included::traits::$trait for Everything {
            $(
                async fn $name(
                    &self,
                    _: stubwright::Context<()>,
                    _: included::operations::$request,
                ) -> Result<included::operations::$response, stubwright::Error> {
                    Ok(included::operations::$response::NoContent)
                }
            )+
        }
    };
}

handlers! {
    Pets {
        list_pets: ListPetsRequest, ListPetsResponse;
        create_pet: CreatePetRequest, CreatePetResponse;
        get_pet: GetPetRequest, GetPetResponse;
        delete_pet: DeletePetRequest, DeletePetResponse;
    }
}
handlers! { Owners { list_owners: ListOwnersRequest, ListOwnersResponse; } }
handlers! { Operations { health: HealthRequest, HealthResponse; } }

#[tokio::test]
async fn included_code_serves() {
    let router = included::router::new(Everything);
    for (method, path) in
        [("GET", "/pets"), ("POST", "/pets"), ("DELETE", "/pets/1"), ("GET", "/owners"), ("GET", "/health")]
    {
        let request = http::Request::builder().method(method).uri(path).body(axum::body::Body::empty());
        let request = request.expect("requests of tests are well-formed");
        let response = tower::ServiceExt::oneshot(router.clone(), request).await.expect("routers answer everything");
        assert_eq!(response.status(), 204, "{method} {path}");
    }
}
