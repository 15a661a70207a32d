//! Nothing is generated. Cargo only has to know that the program holds the scenarios.

#[expect(clippy::print_stdout, reason = "this is how a build script speaks to Cargo")]
fn main() {
    println!("cargo:rerun-if-changed=scenarios");
}
