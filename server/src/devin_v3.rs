//! Devin v3: service users with the permission revoke keys of service users of their enterprise. An expired key can be
//! revoked; one that is revoked already cannot.

use stubwright::{BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse};
use stubwright_generated::devin_v3::operations::{
    HandleRevokeServiceUserApiKeyRequest, HandleRevokeServiceUserApiKeyResponse,
};
use stubwright_generated::devin_v3::traits::{Security, ServiceUserApiKeys};
use stubwright_generated::devin_v3::types::{ApiKeyResponse, ErrorDetail};

use crate::Api;
use crate::clock::UnixSeconds;
use crate::credential::Family;
use crate::store::{Caller, DevinV3Revocation, Key, Store};

impl<S: Store> Security for Api<S> {
    type Principal = Caller;

    async fn authenticate_bearer_auth(
        &self,
        credential: BearerToken<'_>,
        _head: &RequestHead,
        _operation: &'static OperationInfo,
    ) -> Result<Caller, Denied> {
        let caller = self.caller(Family::DevinV3, credential).await;
        caller.ok_or_else(|| Denied::unauthorized("Invalid or expired API key"))
    }

    async fn authorize(
        &self,
        caller: &Caller,
        _met: &'static [SchemeUse],
        operation: &'static OperationInfo,
    ) -> Result<(), Denied> {
        match caller.lacks(operation) {
            None => Ok(()),
            Some(permission) => Err(Denied::forbidden(format!("Missing permission: {permission}"))),
        }
    }
}

impl<S: Store> ServiceUserApiKeys<Caller> for Api<S> {
    async fn handle_revoke_service_user_api_key(
        &self,
        context: Context<Caller>,
        request: HandleRevokeServiceUserApiKeyRequest,
    ) -> Result<HandleRevokeServiceUserApiKeyResponse, Error> {
        let (caller, now) = (&context.principal, self.now());
        let HandleRevokeServiceUserApiKeyRequest { service_user_id, api_key_id } = request;
        Ok(match self.store.revoke_devin_v3(caller, &service_user_id, &api_key_id, now).await {
            DevinV3Revocation::Revoked(key) => {
                self.store.touch(caller, now).await;
                HandleRevokeServiceUserApiKeyResponse::Ok(response(*key, now))
            }
            DevinV3Revocation::NotFound => HandleRevokeServiceUserApiKeyResponse::NotFound(error("API key not found")),
            DevinV3Revocation::AlreadyRevoked => {
                HandleRevokeServiceUserApiKeyResponse::Conflict(error("API key already revoked"))
            }
        })
    }
}

fn error(detail: &str) -> ErrorDetail {
    ErrorDetail { detail: detail.to_owned() }
}

fn response(key: Key, now: UnixSeconds) -> ApiKeyResponse {
    ApiKeyResponse {
        is_active: key.is_active(now),
        api_key_id: key.id,
        api_key_name: key.name,
        created_at: key.created_at,
        expires_at: key.expires_at,
        last_used_at: key.last_used_at,
        revoked_at: key.revoked_at,
    }
}
