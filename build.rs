//! Nothing is generated. Cargo only has to know that the program holds the scenarios.

fn main() {
    println!("cargo:rerun-if-changed=scenarios");
}
