//! What a browser gives, asked for where there is none: under Node, with `cargo xtask test`.
#![cfg(target_arch = "wasm32")]
#![expect(clippy::unwrap_used, reason = "a clock that does not answer is a failing test")]

use skills_passport_web::device;
use skills_passport_web::keep::{Store, StoreError};
use wasm_bindgen_test::wasm_bindgen_test;

#[wasm_bindgen_test]
fn the_time_is_a_time_of_this_century() {
    let now = device::now().unwrap();
    assert!(now.as_str().starts_with("20") && now.as_str().ends_with('Z'), "{now}");
    assert!(now.date() > "2025-01-01", "{now}");
}

#[wasm_bindgen_test]
fn two_looks_at_the_clock_are_in_order() {
    let (one, two) = (device::now().unwrap(), device::now().unwrap());
    assert!(one <= two, "{one} {two}");
}

#[wasm_bindgen_test]
fn without_a_window_there_is_no_chance_rather_than_a_bad_one() {
    assert_eq!(device::random_uuid(), None);
    assert_eq!(device::random_seed(), None);
}

#[wasm_bindgen_test]
async fn without_storage_looking_and_keeping_fail_and_say_so() {
    for refusal in [Store::existing().await.map(|_| ()), Store::create().await.map(|_| ())] {
        assert_eq!(refusal, Err(StoreError::Blocked));
    }
}
