//! What can be set.

use serde::{Deserialize, Deserializer, Serialize};

/// The settings of one computer account. Several people may share it, each with a profile.
///
/// Fields that are missing have their defaults and unknown ones are passed over: settings outlive versions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// The pseudonym of who plays now; one of the profiles.
    pub player: Option<String>,
    pub profiles: Vec<Profile>,
    /// Before anybody has given a name; a new profile starts from these.
    pub preferences: Preferences,
}

/// One person.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Profile {
    /// A pseudonym, the only one of its name.
    pub name: String,
    pub team: Option<String>,
    /// The first call, with its introduction, has been played to its end.
    pub introduced: bool,
    pub preferences: Preferences,
}

/// How one person likes it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "independent switches, not the states of one thing")]
pub struct Preferences {
    pub text_scale: Percent<100, 200>,
    pub theme: Theme,
    pub contrast: Contrast,
    pub motion: Motion,
    /// No clocks.
    pub steps_mode: bool,
    pub speech_rate: Percent<50, 200>,
    pub sound: bool,
    pub volume: Percent<0, 100>,
    pub captions: bool,
    pub mood_word: MoodWord,
    /// A language tag.
    pub language: String,
    /// Pauses after each node and explains.
    pub coach: bool,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            text_scale: Percent::new(100),
            theme: Theme::default(),
            contrast: Contrast::default(),
            motion: Motion::default(),
            steps_mode: false,
            speech_rate: Percent::new(100),
            sound: true,
            volume: Percent::new(70),
            captions: true,
            mood_word: MoodWord::default(),
            language: "en".to_owned(),
            coach: true,
        }
    }
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Theme {
    /// As the operating system has it.
    #[default]
    System,
    Light,
    Dark,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Contrast {
    #[default]
    Normal,
    High,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Motion {
    #[default]
    Full,
    /// Nothing moves that need not.
    Reduced,
}

/// When the customer's mood is shown in a word.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum MoodWord {
    /// For the first five runs.
    #[default]
    FirstRuns,
    Always,
    Never,
}

/// Per cent, kept between `LEAST` and `MOST`: what lies outside is brought to the nearer end, also when it is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(transparent)]
pub struct Percent<const LEAST: u16, const MOST: u16>(u16);

impl<const LEAST: u16, const MOST: u16> Percent<LEAST, MOST> {
    pub const LEAST: u16 = LEAST;
    pub const MOST: u16 = MOST;

    pub fn new(value: u16) -> Self {
        Self(value.clamp(LEAST, MOST))
    }

    pub const fn get(self) -> u16 {
        self.0
    }
}

impl<'de, const LEAST: u16, const MOST: u16> Deserialize<'de> for Percent<LEAST, MOST> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u16::deserialize(deserializer).map(Self::new)
    }
}

impl Settings {
    /// The profile of who plays now.
    pub fn profile(&self) -> Option<&Profile> {
        let player = self.player.as_ref()?;
        self.profiles.iter().find(|profile| profile.name == *player)
    }

    pub fn profile_mut(&mut self) -> Option<&mut Profile> {
        let player = self.player.as_ref()?;
        self.profiles.iter_mut().find(|profile| profile.name == *player)
    }

    /// The preferences that hold now.
    pub fn preferences(&self) -> &Preferences {
        self.profile().map_or(&self.preferences, |profile| &profile.preferences)
    }

    /// As [`Self::preferences`], to be changed.
    pub fn preferences_mut(&mut self) -> &mut Preferences {
        let place = self.profiles.iter().position(|profile| self.player.as_ref() == Some(&profile.name));
        match place {
            Some(place) => &mut self.profiles[place].preferences,
            None => &mut self.preferences,
        }
    }

    /// Makes `name` the one who plays, with a new profile if there is none. Names that differ only in case or in the
    /// spaces around them are one. An empty name changes nothing.
    pub fn play_as(&mut self, name: &str) {
        let name = name.trim();
        if name.is_empty() {
            return;
        }
        let same = |profile: &&Profile| profile.name.to_lowercase() == name.to_lowercase();
        if let Some(profile) = self.profiles.iter().find(same) {
            self.player = Some(profile.name.clone());
            return;
        }
        self.profiles.push(Profile {
            name: name.to_owned(),
            team: None,
            introduced: false,
            preferences: self.preferences.clone(),
        });
        self.player = Some(name.to_owned());
    }

    /// Removes a person's profile.
    pub fn forget(&mut self, name: &str) {
        self.profiles.retain(|profile| profile.name != name);
        self.player.take_if(|player| player == name);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_person_has_preferences_of_their_own() {
        let mut settings = Settings::default();
        settings.preferences_mut().text_scale = Percent::new(150);
        settings.play_as("  Heron ");
        assert_eq!(settings.preferences().text_scale.get(), 150, "a new profile starts from what was set before");
        settings.preferences_mut().steps_mode = true;
        settings.play_as("Crane");
        assert!(!settings.preferences().steps_mode);
        settings.play_as("heron");
        assert!(settings.preferences().steps_mode);
        assert_eq!(settings.player.as_deref(), Some("Heron"));
        assert_eq!(settings.profiles.len(), 2);
        settings.play_as(" ");
        assert_eq!(settings.player.as_deref(), Some("Heron"));
        settings.forget("Heron");
        assert_eq!(settings.player, None);
        assert_eq!(settings.preferences(), &settings.preferences);
    }

    #[test]
    fn a_percentage_stays_in_its_bounds() {
        assert_eq!(Percent::<100, 200>::new(90).get(), 100);
        assert_eq!(ron::from_str::<Percent<50, 200>>("999").unwrap().get(), 200);
    }
}
