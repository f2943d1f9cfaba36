//! The server of the search: it takes every request that its document allows, from everybody who says `good`.

use axum::Router;
use stubwright::{
    ApiKey, BasicCredentials, BearerToken, Context, Denied, Error, OperationInfo, RequestHead, RouterOptions, SchemeUse,
};

use self::api::{operations, router, texts, traits};

/// What is generated from `documents/decoders.yaml`.
pub mod api {
    stubwright::include_api!("decoders");
}

/// The routes of all operations, and of the effective document.
pub(super) fn router() -> Router {
    router::with_options(Server, RouterOptions { operation_in_responses: true, ..RouterOptions::default() })
        .merge(stubwright::document::routes("", &texts::DOCUMENT, "http://server.test"))
        .fallback_service(stubwright::document::not_found(&texts::DOCUMENT))
}

struct Server;

fn known(secret: &str) -> Result<(), Denied> {
    if secret == "good" { Ok(()) } else { Err(Denied::unauthorized("Unknown")) }
}

impl traits::Security for Server {
    type Principal = ();

    async fn authenticate_bearer(
        &self,
        token: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        known(token.expose())
    }

    async fn authenticate_basic(
        &self,
        credentials: BasicCredentials,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        known(credentials.expose())
    }

    async fn authenticate_key(
        &self,
        key: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        known(key.expose())
    }

    async fn authenticate_cookie(
        &self,
        key: ApiKey<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        known(key.expose())
    }

    async fn combine(&self, _: Vec<()>, _: &'static [SchemeUse], _: &'static OperationInfo) -> Result<(), Denied> {
        Ok(())
    }

    async fn authorize(&self, (): &(), _: &'static [SchemeUse], _: &'static OperationInfo) -> Result<(), Denied> {
        Ok(())
    }
}

macro_rules! done {
    ($($method:ident: $request:ident, $response:ident;)+) => {
        $(
            async fn $method(&self, _: Context<()>, _: operations::$request) -> Result<operations::$response, Error> {
                Ok(operations::$response::NoContent)
            }
        )+
    };
}

impl traits::Operations<()> for Server {
    done! {
        simple: SimpleRequest, SimpleResponse;
        label: LabelRequest, LabelResponse;
        matrix: MatrixRequest, MatrixResponse;
        query: QueryRequest, QueryResponse;
        fields: FieldsRequest, FieldsResponse;
        form: FormRequest, FormResponse;
        parts: PartsRequest, PartsResponse;
        several: SeveralRequest, SeveralResponse;
    }

    async fn json(&self, _: Context<()>, request: operations::JsonRequest) -> Result<operations::JsonResponse, Error> {
        Ok(operations::JsonResponse::Ok(request.body))
    }
}
