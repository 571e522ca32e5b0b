//! The doors in the head of the page: a room each, with an address of its own.

use yew::prelude::*;

use crate::app::words;
use crate::viewer::{Msg, Room};

/// The doors of all rooms, seen from the one that the user is in.
pub fn doors(here: &Room, on: &Callback<Msg>) -> Html {
    let doors = Room::ALL.into_iter().map(|room| {
        let on = on.clone();
        let enter = Callback::from(move |event: MouseEvent| {
            // A door that is opened in a new tab is the browser's.
            if !event.ctrl_key() && !event.meta_key() && !event.shift_key() {
                event.prevent_default();
                on.emit(Msg::Enter(room));
            }
        });
        let here = (room == *here).then_some("page");
        html! {
            <a key={room.name()} href={format!("?view={}", room.name())} onclick={enter}
                aria-current={here}>{ words::room(room) }</a>
        }
    });
    html! { <nav class="doors" aria-label={words::ROOMS}>{ for doors }</nav> }
}
