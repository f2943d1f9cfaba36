//! The documents of the benchmark as the rival generates them, with handlers that answer what the others do.
//!
//! What it does not do is not done here either: it checks no credential, and its files are read whole.

mod cases;
mod child;
mod keys;
mod orders;

use keys::*;
use orders::*;

#[derive(Clone)]
struct Api;

#[async_trait::async_trait]
impl OrdersApi for Api {
    async fn ping(&self) -> PingResponse {
        PingResponse::Ok(Pong { status: "ok".to_owned() })
    }

    async fn put_order(&self, _: String, body: Order) -> PutOrderResponse {
        PutOrderResponse::Ok(body)
    }
}

#[async_trait::async_trait]
impl FilesApi for Api {
    async fn upload(&self, body: UploadRequest) -> UploadResponse {
        let bytes = i64::try_from(body.file.content.len()).unwrap_or(i64::MAX);
        UploadResponse::Ok(Received { title: body.title, bytes })
    }
}

#[async_trait::async_trait]
impl ServiceUserApiKeysApi for Api {
    async fn handle_revoke_service_user_api_key_v3beta1_enterprise_service_users_service_user_id_api_keys_api_key_id_delete(
        &self,
        _: String,
        api_key_id: String,
    ) -> HandleRevokeServiceUserApiKeyV3beta1EnterpriseServiceUsersServiceUserIdApiKeysApiKeyIdDeleteResponse {
        HandleRevokeServiceUserApiKeyV3beta1EnterpriseServiceUsersServiceUserIdApiKeysApiKeyIdDeleteResponse::Ok(
            ApiKeyResponse {
                api_key_id,
                api_key_name: "deploy".to_owned(),
                created_at: 1_700_000_000,
                expires_at: None,
                is_active: false,
                last_used_at: Some(1_750_000_000),
                revoked_at: Some(1_760_000_000),
            },
        )
    }
}

fn main() -> std::io::Result<()> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let task = child::Task::parse(&words).ok_or_else(|| std::io::Error::other("no such task"))?;
    let router = service_user_api_keys_api_router(Api).merge(orders_api_router(Api)).merge(files_api_router(Api));
    child::run(task, router, async |listener, router| {
        let _ = axum::serve(listener, router).await;
    })
}
