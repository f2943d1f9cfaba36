//! All subjects of the benchmark answer the same: what `golden/edge.txt` says. `UPDATE=1` writes that file from the
//! answers of the hand-written one.

use std::path::Path;

use stubwright_bench::edge::{by_hand, golden};

#[tokio::test]
async fn the_hand_written_one_answers_as_the_golden_file_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/edge.txt");
    let answers = golden::answers(&by_hand::router()).await;
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &answers).expect("the file can be written");
    }
    let expected = std::fs::read_to_string(&path).expect("the file can be read");
    assert_eq!(answers, expected);
}
