//! All subjects of the benchmark answer the same: what `golden/edge.txt` says. `UPDATE=1` writes that file from the
//! answers of the hand-written one.

use std::path::{Path, PathBuf};

use stubwright_bench::edge::{by_hand, golden, ours};

#[tokio::test]
async fn both_answer_as_the_golden_file_says() {
    let answers = golden::answers(&by_hand::router()).await;
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(path(), &answers).expect("the file can be written");
    }
    assert_same(&answers);
    assert_same(&golden::answers(&ours::router()).await);
}

fn path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("golden/edge.txt")
}

/// Shows every line that differs.
fn assert_same(answers: &str) {
    let expected = std::fs::read_to_string(path()).expect("the file can be read");
    let pairs = expected.lines().zip(answers.lines()).filter(|(expected, answer)| expected != answer);
    let different: Vec<_> = pairs.map(|(expected, answer)| format!("expected {expected}\nanswered {answer}")).collect();
    assert!(different.is_empty(), "{}", different.join("\n"));
    assert_eq!(expected.lines().count(), answers.lines().count());
}
