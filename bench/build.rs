//! Generates what the benchmark puts beside the hand-written code.

use stubwright_codegen::Api;

fn main() {
    Api::new("documents/orders.yaml").generate();
}
