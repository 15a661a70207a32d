//! What pages are made with: a stylesheet, a script, fonts and the icon, all inside the program.
//!
//! Their address has a hash of their content in it, so that a browser may keep them for good.

use std::sync::LazyLock;

const STYLE: &str = concat!(
    include_str!("style/tokens.css"),
    include_str!("style/base.css"),
    include_str!("style/board.css"),
    include_str!("style/figures.css"),
    include_str!("style/wall.css"),
);

/// A file that pages ask for.
#[derive(Debug, Clone, Copy)]
pub(super) struct Asset {
    pub(super) name: &'static str,
    pub(super) kind: &'static str,
    pub(super) content: &'static [u8],
}

pub(super) const ALL: [Asset; 7] = [
    Asset { name: "style.css", kind: "text/css; charset=utf-8", content: STYLE.as_bytes() },
    Asset { name: "page.js", kind: "text/javascript; charset=utf-8", content: include_bytes!("page.js") },
    Asset { name: "icon.png", kind: "image/png", content: include_bytes!("../../../assets/icon.png") },
    font("Literata-Regular.ttf", include_bytes!("../../../assets/fonts/Literata-Regular.ttf")),
    font("Literata-Medium.ttf", include_bytes!("../../../assets/fonts/Literata-Medium.ttf")),
    font(
        "AtkinsonHyperlegibleNext-Regular.ttf",
        include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Regular.ttf"),
    ),
    font(
        "AtkinsonHyperlegibleNext-Bold.ttf",
        include_bytes!("../../../assets/fonts/AtkinsonHyperlegibleNext-Bold.ttf"),
    ),
];

const fn font(name: &'static str, content: &'static [u8]) -> Asset {
    Asset { name, kind: "font/ttf", content }
}

/// Sixteen digits that are others when any file is another.
pub(super) fn version() -> &'static str {
    static VERSION: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = blake3::Hasher::new();
        for asset in ALL {
            hasher.update(asset.name.as_bytes()).update(blake3::hash(asset.content).as_bytes());
        }
        hasher.finalize().to_hex()[..16].to_owned()
    });
    &VERSION
}

pub(super) fn named(name: &str) -> Option<Asset> {
    ALL.into_iter().find(|asset| asset.name == name)
}
