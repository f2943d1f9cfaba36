//! The documents of the benchmark as they are generated: thin handlers that answer what the hand-written ones do.

use axum::Router;
use stubwright::{
    BearerToken, BodyLimits, Context, Denied, Error, OperationInfo, RequestHead, RouterOptions, SchemeUse,
};
use stubwright_generated::devin_v3;
use stubwright_generated::devin_v3::operations::{
    HandleRevokeServiceUserApiKeyRequest, HandleRevokeServiceUserApiKeyResponse,
};
use stubwright_generated::devin_v3::types::ApiKeyResponse;

use self::orders::operations::{PingRequest, PingResponse, PutOrderRequest, PutOrderResponse};
use self::orders::operations::{UPLOAD, UploadRequest, UploadRequestPart, UploadResponse};
use self::orders::traits::{Files, Orders};
use self::orders::types::{Pong, Received};

/// What is generated from `documents/orders.yaml`.
pub mod orders {
    stubwright::include_api!("orders");
}

/// Both documents in one router.
pub fn router() -> Router {
    let limits = BodyLimits::default().operation(&UPLOAD, FILE_LIMIT);
    let options = RouterOptions { limits, ..RouterOptions::default() };
    orders::router::with_options(Api, options).merge(devin_v3::router::new(Api))
}

/// How many bytes an upload may have, as by hand.
const FILE_LIMIT: u64 = 64 * 1024 * 1024;

/// What answers.
struct Api;

impl Orders for Api {
    async fn ping(&self, _: Context<()>, _: PingRequest) -> Result<PingResponse, Error> {
        Ok(PingResponse::Ok(Pong { status: "ok".to_owned() }))
    }

    async fn put_order(&self, _: Context<()>, request: PutOrderRequest) -> Result<PutOrderResponse, Error> {
        Ok(PutOrderResponse::Ok(request.body))
    }
}

impl Files for Api {
    async fn upload(&self, _: Context<()>, mut request: UploadRequest) -> Result<UploadResponse, Error> {
        let (mut title, mut bytes) = (String::new(), 0);
        while let Some(part) = request.body.next().await? {
            match part {
                UploadRequestPart::Title(text) => title = text,
                UploadRequestPart::File(mut file) => {
                    while let Some(piece) = file.body.next().await? {
                        bytes += piece.len();
                    }
                }
            }
        }
        Ok(UploadResponse::Ok(Received { title, bytes: i64::try_from(bytes)? }))
    }
}

impl devin_v3::traits::Security for Api {
    type Principal = ();

    async fn authenticate_bearer_auth(
        &self,
        credential: BearerToken<'_>,
        _: &RequestHead,
        _: &'static OperationInfo,
    ) -> Result<(), Denied> {
        if credential.expose() == "cog_benchmark" { Ok(()) } else { Err(Denied::unauthorized("Invalid token")) }
    }

    async fn authorize(&self, (): &(), _: &'static [SchemeUse], _: &'static OperationInfo) -> Result<(), Denied> {
        Ok(())
    }
}

impl devin_v3::traits::ServiceUserApiKeys<()> for Api {
    async fn handle_revoke_service_user_api_key(
        &self,
        _: Context<()>,
        request: HandleRevokeServiceUserApiKeyRequest,
    ) -> Result<HandleRevokeServiceUserApiKeyResponse, Error> {
        match request.api_key_id.as_str() {
            "missing" => Err(Error::not_found("API key not found")),
            "revoked" => Err(Error::conflict("API key already revoked")),
            _ => Ok(HandleRevokeServiceUserApiKeyResponse::Ok(ApiKeyResponse {
                api_key_id: request.api_key_id,
                api_key_name: "deploy".to_owned(),
                created_at: 1_700_000_000,
                expires_at: None,
                is_active: false,
                last_used_at: Some(1_750_000_000),
                revoked_at: Some(1_760_000_000),
            })),
        }
    }
}
