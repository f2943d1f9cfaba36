//! The tokens behind the digests of the embedded data. They are public: good for trying the server out, for nothing
//! else.

use crate::credential::Family;

/// A token of the embedded data.
#[derive(Clone, Copy, Debug)]
pub struct DemoCredential {
    /// The API that it is for.
    pub family: Family,

    /// The id of its key.
    pub key_id: &'static str,

    /// What is sent.
    pub token: &'static str,
}

/// The token of a key of the embedded data.
///
/// ```
/// use stubwright_server::credential::Family;
///
/// assert!(stubwright_server::demo::token(Family::DevinV3, "key-admin").is_some());
/// ```
pub fn token(family: Family, key_id: &str) -> Option<&'static str> {
    CREDENTIALS.iter().find(|demo| demo.family == family && demo.key_id == key_id).map(|demo| demo.token)
}

/// Every token of the embedded data.
pub const CREDENTIALS: &[DemoCredential] = &[
    // An enterprise admin.
    DemoCredential { family: Family::DevinV2, key_id: "apk-ada", token: "apk_user_cat9ag498dyT5bl5GhcqrGi0qx020vor" },
    // An enterprise admin, to be revoked.
    DemoCredential {
        family: Family::DevinV2,
        key_id: "apk-ada-spare",
        token: "apk_user_wNIvVaP3RjdmSlPUxYu3JvQvB7KUdDWd",
    },
    // Expired.
    DemoCredential {
        family: Family::DevinV2,
        key_id: "apk-ada-expired",
        token: "apk_user_M8TVWzZRBb0WLaAUvFMZ44k8cRvicmQi",
    },
    // Revoked.
    DemoCredential {
        family: Family::DevinV2,
        key_id: "apk-ada-revoked",
        token: "apk_user_vfnSqy3Vl6OG0fLzIe36ygvsGgEckRGM",
    },
    // No admin.
    DemoCredential { family: Family::DevinV2, key_id: "apk-ben", token: "apk_user_13UBEDVvmEgKFGt6g4t7dmWwKj2v2BSB" },
    // An admin of another enterprise.
    DemoCredential { family: Family::DevinV2, key_id: "apk-gil", token: "apk_user_nmPYyGf1KuTe0EWotnG3ZoVsbZZXvAAW" },
    // May manage service users.
    DemoCredential { family: Family::DevinV3, key_id: "key-admin", token: "cog_zEqWBcA6yT1K3Za9sRck4bMtwK5yDUKi" },
    // May manage service users, to be revoked.
    DemoCredential {
        family: Family::DevinV3,
        key_id: "key-admin-spare",
        token: "cog_0dqroZ8bBepIrw0tUVNa19Kme7mUfQfZ",
    },
    // Expired.
    DemoCredential {
        family: Family::DevinV3,
        key_id: "key-admin-expired",
        token: "cog_7ccPIyclHpvvsYL0m2fgBtnJVFahSRFX",
    },
    // Revoked.
    DemoCredential {
        family: Family::DevinV3,
        key_id: "key-admin-revoked",
        token: "cog_EISw59M7m2gLqWygFRoCO43vaZ1GAm3W",
    },
    // Without the permission.
    DemoCredential { family: Family::DevinV3, key_id: "key-deploy", token: "cog_0e2vfw3TFbE5iw5OZ7NjfgMUsC1nhvCI" },
    // Of another enterprise.
    DemoCredential { family: Family::DevinV3, key_id: "key-globex", token: "cog_DNb76xxP8McqTxLZbqVCbEyOBnL6T0wd" },
    // An organization admin.
    DemoCredential {
        family: Family::LangWatch,
        key_id: "apikey-ada",
        token: "sk-lw-FN8myLMKUFHpXcaV_gxjkmt4yE0TzcJlsg0FX6lhq4nRRzdu55lefQAuVYMIv7SF7",
    },
    // Without the permission.
    DemoCredential {
        family: Family::LangWatch,
        key_id: "apikey-ada-readonly",
        token: "sk-lw-hXs9TP4yUFCcO4N3_5lkTN2OQHCcKuxu4IsAEpaJh1JllhheT6t5whu3Ig1TCDiSr",
    },
    // Expired.
    DemoCredential {
        family: Family::LangWatch,
        key_id: "apikey-ada-expired",
        token: "sk-lw-Aeih1A6GuIzpN8PV_aiRn50i2jYjCUeF1C0yRgSLujNuhQaTUlA4DKMRTRQbPYmEA",
    },
    // Revoked.
    DemoCredential {
        family: Family::LangWatch,
        key_id: "apikey-ada-revoked",
        token: "sk-lw-bKMhFaBAX0QclMU3_7dPHvBKwtEJSNAMAeeEbm181PoepAnXDPZ47TUZkhxrZv3bm",
    },
    // No organization admin.
    DemoCredential {
        family: Family::LangWatch,
        key_id: "apikey-ben",
        token: "sk-lw-VhixBNt8D9LqDJGD_F2webkYS5H7M7iV1nSUlV1ak6wMhuXuuNSnhHpL0a5WTBOMO",
    },
    // An admin of another organization.
    DemoCredential {
        family: Family::LangWatch,
        key_id: "apikey-gil",
        token: "sk-lw-Tpgi2xJj6NCzFHMJ_jFdrgnH3EgITqVi0KpG7Mo6M46cZx6JZpYDQ37RIKSF8DOob",
    },
];
