//! Generates what the benchmark puts beside the hand-written code.

use stubwright_codegen::Api;

fn main() {
    Api::new("documents/orders.yaml").generate();
    // For the search for requests that break a server.
    Api::new("documents/decoders.yaml").generate();
}
