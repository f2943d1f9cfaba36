//! `LangWatch`: whoever may manage the organization revokes their own keys, and its admins everybody's. The document
//! gives no schema for what is not 200; the bodies here are those of the service.

use serde::Serialize;
use stubwright::{BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse, UntypedBody};
use stubwright_generated::langwatch::operations::{RevokeApiKeyRequest, RevokeApiKeyResponse};
use stubwright_generated::langwatch::traits::{Operations, Security};
use stubwright_generated::langwatch::types::RevokeApiKeyOkBody;

use crate::Api;
use crate::credential::Family;
use crate::store::{Caller, LangWatchRevocation, Store};

const PERMISSION: &str = "organization:manage";

const UNAUTHENTICATED: Message =
    Message { error: "Unauthorized", message: "Authentication required. Use Authorization: Bearer <api-key>." };

const INVALID: Message = Message {
    error: "Unauthorized",
    message: "Invalid credentials. Organization-level endpoints require an admin API key created in \
              Settings > API Keys. Project API keys cannot be used here.",
};

const FORBIDDEN: Message =
    Message { error: "Forbidden", message: "Insufficient permissions. Required: organization:manage" };

const NOT_FOUND: Message = Message { error: "Not Found", message: "API key not found" };

const NOT_OWNER: Message = Message { error: "Forbidden", message: "Not authorized to revoke this API key" };

const ALREADY_REVOKED: Message = Message { error: "Conflict", message: "API Key is already revoked" };

impl<S: Store> Security for Api<S> {
    type Principal = Caller;

    async fn authenticate_admin_api_key(
        &self,
        credential: BearerToken<'_>,
        _head: &RequestHead,
        _operation: &'static OperationInfo,
    ) -> Result<Caller, Denied> {
        let caller = self.caller(Family::LangWatch, credential).await;
        caller.ok_or_else(|| Denied::unauthorized(INVALID.message).with_body(INVALID.body()))
    }

    async fn authorize(
        &self,
        caller: &Caller,
        _met: &'static [SchemeUse],
        _operation: &'static OperationInfo,
    ) -> Result<(), Denied> {
        if caller.may(PERMISSION) {
            return Ok(());
        }
        Err(Denied::forbidden(FORBIDDEN.message).with_body(FORBIDDEN.body()))
    }

    fn unauthenticated(&self, operation: &'static OperationInfo) -> Denied {
        Denied::unauthenticated(operation).with_body(UNAUTHENTICATED.body())
    }
}

impl<S: Store> Operations<Caller> for Api<S> {
    async fn revoke_api_key(
        &self,
        context: Context<Caller>,
        request: RevokeApiKeyRequest,
    ) -> Result<RevokeApiKeyResponse, Error> {
        let (caller, now) = (&context.principal, self.now());
        Ok(match self.store.revoke_langwatch(caller, &request.id, now).await {
            LangWatchRevocation::Revoked => {
                self.store.touch(caller, now).await;
                RevokeApiKeyResponse::Ok(RevokeApiKeyOkBody { success: Some(true) })
            }
            LangWatchRevocation::NotFound => RevokeApiKeyResponse::NotFound(Some(NOT_FOUND.body())),
            LangWatchRevocation::NotOwner => RevokeApiKeyResponse::Forbidden(Some(NOT_OWNER.body())),
            LangWatchRevocation::AlreadyRevoked => RevokeApiKeyResponse::Conflict(Some(ALREADY_REVOKED.body())),
        })
    }
}

/// How the service words what is not 200.
#[derive(Serialize)]
struct Message {
    error: &'static str,
    message: &'static str,
}

impl Message {
    fn body(&self) -> UntypedBody {
        UntypedBody::json(self)
    }
}
