//! Time: its controls, the timeline, and the story that it tells.

mod caption;
mod doors;
mod extras;
mod story;
mod timeline;
mod transport;

pub use caption::caption;
pub use doors::Doors;
pub use extras::Extras;
pub use story::Story;
pub use timeline::timeline;
pub use transport::transport;
