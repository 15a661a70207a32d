//! Nothing is generated. Cargo only has to know that the program holds the scenarios and the pages of the rules.

fn main() {
    println!("cargo:rerun-if-changed=scenarios");
    println!("cargo:rerun-if-changed=docs/rules");
}
