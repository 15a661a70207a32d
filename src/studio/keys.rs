//! Every key of Studio: the list that F1 shows, and the table of the page for trainers.

/// The keys of one part of Studio.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyGroup {
    pub name: &'static str,
    /// What is pressed, and what it does.
    pub keys: &'static [(&'static str, &'static str)],
}

/// Every key there is.
pub const KEYS: &[KeyGroup] = &[
    KeyGroup {
        name: "Everywhere in Studio",
        keys: &[
            ("F1", "this list"),
            ("Ctrl+1 … Ctrl+5", "to the text, the findings, the graph, the conversation, the figures"),
            ("F6, Shift+F6", "to the next pane, to the one before"),
            ("F8, Shift+F8", "to the next finding, to the one before"),
            ("F5, Shift+F5", "plays from the node at the caret, from the beginning"),
            ("Ctrl+Z", "takes back"),
            ("Ctrl+Shift+Z, Ctrl+Y", "does again what was taken back"),
            ("Ctrl+Shift+← →", "outside the text: makes the text narrower, wider"),
            ("Esc", "closes what is open over the text"),
        ],
    },
    KeyGroup {
        name: "The file",
        keys: &[
            ("Ctrl+S", "saves"),
            ("Ctrl+Shift+S", "saves under another name"),
            ("Ctrl+Shift+E", "earlier copies"),
            ("Ctrl+Shift+M", "compares, where the file was changed elsewhere as well"),
            ("Ctrl+Shift+P", "practises this call, and comes back here"),
            ("Ctrl+O, Ctrl+W", "puts the file down, and shows all files; what is not saved is kept as a draft"),
        ],
    },
    KeyGroup {
        name: "In the text",
        keys: &[
            ("Ctrl+Space", "completes"),
            ("Ctrl+.", "mends what is found here"),
            ("F12", "to where a name is given"),
            ("Ctrl+G", "to a node"),
            ("Ctrl+F, Ctrl+H", "finds, finds and replaces"),
            ("Ctrl+Shift+I", "lays the text out"),
            ("Ctrl+/", "makes remarks of lines, and lines of remarks"),
            ("Tab, Shift+Tab", "moves lines in and out; F6 leads out of the text"),
        ],
    },
];
