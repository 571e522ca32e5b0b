//! The buttons beside the controls of time: A | B, dialogs, the theme.

use yew::prelude::*;

use crate::app::element::{Button, select};
use crate::app::words;
use crate::run::link::THEMES;
use crate::viewer::Msg;

/// What the buttons show.
#[derive(PartialEq)]
pub struct Extras {
    /// Whether there are two runs.
    pub compared: bool,
    /// The theme that the user has chosen.
    pub theme: Option<&'static str>,
}

/// The buttons.
pub fn extras(&Extras { compared, theme }: &Extras, on: &Callback<Msg>) -> Html {
    let button = |id, name, help, msg| Button::new(id, name).help(help).sends(msg, on);
    let compare = Button::new("compare", "A | B").help(words::COMPARE_HELP).pressed(compared);
    let system = [(AttrValue::default(), AttrValue::from(words::SYSTEM))];
    let themes: Vec<_> = system
        .into_iter()
        .chain(THEMES.iter().map(|theme| ((*theme).into(), (*theme).into())))
        .collect();
    html! {
        <div class="extras" role="group" aria-label={words::EXTRAS}>
            { compare.sends(Msg::Compare(!compared), on) }
            { button("share", words::SHARE, words::SHARE_HELP, Msg::OpenShare) }
            { button("save", words::SAVE, words::SAVE_HELP, Msg::OpenExport) }
            <label class="theme">
                <span class="unseen">{ words::THEME }</span>
                { select("theme", &themes, theme.unwrap_or_default(), Msg::SetTheme, on) }
            </label>
            { button("help", "?", words::KEYS, Msg::OpenHelp) }
        </div>
    }
}
