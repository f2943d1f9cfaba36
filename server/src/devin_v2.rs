//! Devin v2: enterprise admins revoke keys of their enterprise. What was revoked before is not found.

use stubwright::{BearerToken, Context, Denied, Error, OperationInfo, RequestHead, SchemeUse};
use stubwright_generated::devin_v2::operations::{
    RevokeEnterpriseApiKeyEndpointRequest, RevokeEnterpriseApiKeyEndpointResponse,
};
use stubwright_generated::devin_v2::traits::{ApiKeys, Security};
use stubwright_generated::devin_v2::types::{ErrorDetail, SuccessResponse};

use crate::Api;
use crate::credential::Family;
use crate::store::{Caller, DevinV2Revocation, Role, Store};

impl<S: Store> Security for Api<S> {
    type Principal = Caller;

    async fn authenticate_bearer_auth(
        &self,
        credential: BearerToken<'_>,
        _head: &RequestHead,
        _operation: &'static OperationInfo,
    ) -> Result<Caller, Denied> {
        let caller = self.caller(Family::DevinV2, credential).await;
        caller.ok_or_else(|| Denied::unauthorized("Invalid or expired API key"))
    }

    async fn authorize(
        &self,
        caller: &Caller,
        _met: &'static [SchemeUse],
        _operation: &'static OperationInfo,
    ) -> Result<(), Denied> {
        match caller.role {
            Role::Admin => Ok(()),
            Role::Member => Err(Denied::forbidden("Enterprise admin role required")),
        }
    }
}

impl<S: Store> ApiKeys<Caller> for Api<S> {
    async fn revoke_enterprise_api_key_endpoint(
        &self,
        context: Context<Caller>,
        request: RevokeEnterpriseApiKeyEndpointRequest,
    ) -> Result<RevokeEnterpriseApiKeyEndpointResponse, Error> {
        let (caller, now) = (&context.principal, self.now());
        Ok(match self.store.revoke_devin_v2(caller, &request.api_key_id, now).await {
            DevinV2Revocation::Revoked => {
                self.store.touch(caller, now).await;
                RevokeEnterpriseApiKeyEndpointResponse::Ok(SuccessResponse { status: "success".to_owned() })
            }
            DevinV2Revocation::NotFound => {
                let detail = "API key not found".to_owned();
                RevokeEnterpriseApiKeyEndpointResponse::NotFound(ErrorDetail { detail })
            }
        })
    }
}
