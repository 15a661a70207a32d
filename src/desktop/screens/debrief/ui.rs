pub enum Action {}
