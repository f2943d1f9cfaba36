#![no_main]

use std::cell::LazyCell;

use stubwright_bench::requests::target::Target;

thread_local! {
    static TARGET: LazyCell<Target> = const { LazyCell::new(Target::new) };
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    TARGET.with(|target| target.check(bytes));
});
