//! `LangWatch`: whoever may manage the organization revokes their own keys, and its admins everybody's. What is said in
//! refusals is what the service says.

use stubwright::{BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse};
use stubwright_generated::langwatch::operations::{RevokeApiKeyRequest, RevokeApiKeyResponse};
use stubwright_generated::langwatch::traits::{Operations, Security};
use stubwright_generated::langwatch::types::{ErrorMessage, RevokeApiKeyOkBody};

use crate::Api;
use crate::credential::Family;
use crate::store::{Caller, LangWatchRevocation, Store};

const UNAUTHENTICATED: &str = "Authentication required. Use Authorization: Bearer <api-key>.";

const INVALID: &str = "Invalid credentials. Organization-level endpoints require an admin API key created in \
                       Settings > API Keys. Project API keys cannot be used here.";

impl<S: Store> Security for Api<S> {
    type Principal = Caller;

    async fn authenticate_admin_api_key(
        &self,
        credential: BearerToken<'_>,
        _head: &RequestHead,
        _operation: &'static OperationInfo,
    ) -> Result<Caller, Denied> {
        let caller = self.caller(Family::LangWatch, credential).await;
        caller.ok_or_else(|| Denied::unauthorized(INVALID))
    }

    async fn authorize(
        &self,
        caller: &Caller,
        _met: &'static [SchemeUse],
        operation: &'static OperationInfo,
    ) -> Result<(), Denied> {
        match caller.lacks(operation) {
            None => Ok(()),
            Some(permission) => Err(Denied::forbidden(format!("Insufficient permissions. Required: {permission}"))),
        }
    }

    fn unauthenticated(&self, operation: &'static OperationInfo) -> Denied {
        Denied::unauthenticated(operation).with_message(UNAUTHENTICATED)
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
            LangWatchRevocation::NotFound => RevokeApiKeyResponse::NotFound(error("Not Found", "API key not found")),
            LangWatchRevocation::NotOwner => {
                RevokeApiKeyResponse::Forbidden(error("Forbidden", "Not authorized to revoke this API key"))
            }
            LangWatchRevocation::AlreadyRevoked => {
                RevokeApiKeyResponse::Conflict(error("Conflict", "API Key is already revoked"))
            }
        })
    }
}

fn error(error: &str, message: &str) -> ErrorMessage {
    ErrorMessage { error: error.to_owned(), message: message.to_owned() }
}
