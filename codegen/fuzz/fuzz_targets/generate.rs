#![no_main]

#[path = "../targets.rs"]
#[expect(dead_code, reason = "the other target is another program's")]
mod targets;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| targets::generate_code(bytes));
