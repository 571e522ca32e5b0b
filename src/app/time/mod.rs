//! Time: its controls, the timeline, and the story that it tells.

mod caption;
mod doors;
mod extras;
mod story;
mod timeline;
mod transport;

pub use caption::caption;
pub use doors::doors;
pub use extras::{Extras, extras};
pub use story::{Story, story};
pub use timeline::timeline;
pub use transport::transport;
