//! The figures that the table is held against. All were measured on two cores; rivals on the same kind of machine.

use std::time::Duration;

/// Entries of the folder `real`: files, and folders of several files ("all 176 entries").
pub const REAL_ENTRIES: usize = 176;

/// Operations without types of their own, of all operations of `real` ("at most 0.5 %").
pub const RAW_SHARE: f64 = 0.005;

/// The code of the warning that names an operation without types.
pub const RAW_OPERATION: &str = "raw-operation";

/// The document that time and memory are told of ("github.json (13 MB) in at most 1.0 s and 400 MB").
pub const LARGE: &str = "real/github.json";
/// How often [`LARGE`] runs: whatever else a shared machine does only adds to a time.
pub const LARGE_RUNS: usize = 7;
/// The time for [`LARGE`], the shortest of its runs.
pub const LARGE_TIME: Duration = Duration::from_secs(1);
/// The memory for [`LARGE`], in bytes.
pub const LARGE_MEMORY: u64 = 400_000_000;

/// The time for all documents, as the sum of their wall times ("the whole corpus in at most 60 s").
pub const CORPUS_TIME: Duration = Duration::from_mins(1);

/// Documents marked `reject` that may generate without a warning ("accepted (at most 10, each with a reason)").
pub const ACCEPTED: usize = 10;

/// Documents below this size are compiled ("100 % of the documents under 1 MB").
pub const COMPILED_BELOW: u64 = 1_000_000;

/// Larger documents that are compiled too ("and of these large ones").
pub const COMPILED_LARGE: [&str; 11] = [
    "real/github.json",
    "real/plaid.yaml",
    "real/datadog-v1.yaml",
    "real/asana.yaml",
    "real/apisguru-stripe.json",
    "real/apisguru-kubernetes.json",
    "real/discord.json",
    "real/openai.yaml",
    "real/elastic-serverless.json",
    "real/netbox.yaml",
    "real/adyen-management-v3.yaml",
];

/// The documents that a quick run compiles: small ones, of every version, style and section.
pub const SAMPLE: [&str; 10] = [
    "real/devin.json",
    "real/langwatch.json",
    "real/ory-kratos.json",
    "real/redocly-museum.yaml",
    "real/resend.yaml",
    "real/scalar-galaxy.yaml",
    "real/swagger-petstore-v3.yaml",
    "real/train-travel.yaml",
    "real/open-payments/resource-server.yaml",
    "torture/torture.yaml",
];

/// What the best rival took for a document.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rival {
    /// The document.
    pub name: &'static str,
    /// `cargo check` of its crate, dependencies built.
    pub seconds: f64,
    /// Its lines of Rust.
    pub lines: usize,
}

/// The rivals' figures ("at most half of each, and at most 60 % of their lines").
pub const RIVALS: [Rival; 6] = [
    Rival { name: "real/plaid.yaml", seconds: 63.8, lines: 93_553 },
    Rival { name: "real/datadog-v1.yaml", seconds: 34.2, lines: 79_487 },
    Rival { name: "real/asana.yaml", seconds: 19.6, lines: 77_467 },
    Rival { name: "real/clerk-bapi.yaml", seconds: 17.7, lines: 57_955 },
    Rival { name: "real/resend.yaml", seconds: 7.7, lines: 18_013 },
    Rival { name: "real/devin.json", seconds: 2.6, lines: 13_375 },
];
/// A check below this time, in seconds, runs again: its shortest time counts.
pub const SHORT_CHECK: f64 = 5.0;
/// How often such a check runs.
pub const CHECK_RUNS: usize = 5;
/// Our share of a rival's compile time.
pub const RIVAL_TIME: f64 = 0.5;
/// Our share of a rival's lines.
pub const RIVAL_LINES: f64 = 0.6;

/// The rival that took the most memory: `cargo check` of [`RIVALS`]`[0]`, in bytes ("63.8 s and 3.2 GB").
pub const RIVAL_MEMORY: u64 = 3_200_000_000;

/// A process that takes longer than this hangs.
pub const HUNG_AFTER: Duration = Duration::from_mins(1);
/// A process that takes more memory than this never ends, in bytes.
pub const RUNAWAY: u64 = 4_000_000_000;

/// Lines of code that are compiled as one crate, so that the compiler stays below 4 GB.
pub const BATCH_LINES: usize = 20_000;
