//! Where things are kept, and how the people on this computer like the program to be.

mod file;
mod folders;
mod name;
mod preferences;
mod records;

pub use file::{Loaded, load, save};
pub use folders::{Folders, NoHome, typed_path};
pub use name::checked_name;
pub use preferences::{Contrast, MoodWord, Motion, Percent, Preferences, Profile, Settings, Theme};
pub use records::{RecordSettings, RecordSettingsError, RecordStore, Secret, XapiVersion};
