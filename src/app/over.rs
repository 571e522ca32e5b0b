//! What can lie over the page, how it comes there and what it does: help, the link, what can be
//! taken away, bad news.

use wasm_bindgen_futures::{JsFuture, spawn_local};
use yew::prelude::*;

use super::act::Act;
use super::browser;
use super::page::Page;
use super::parts::{dialog, help, keep, share};
use super::take;
use super::words;
use crate::knobs::InputError;
use crate::run::Scenario;

/// What lies over the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Over {
    /// Keys and signs.
    Help,
    /// The link to what is seen, and whether it was copied.
    Share(String, bool),
    /// What can be taken away and brought.
    Keep,
    /// What was wrong with something that was brought, and what is shown instead.
    Refused(String),
}

/// The largest scenario file that is read, in bytes.
const MOST_FILE: f64 = 1_000_000.0;

impl Page {
    /// Lays something over the page, or takes it away if it lies there already.
    pub(super) fn lay(&mut self, over: Over) {
        self.over = if self.over.as_ref() == Some(&over) { None } else { Some(over) };
        browser::focus_soon(if self.over.is_some() { "#over-close" } else { "#stage" });
    }

    /// Shows the link to what is seen.
    pub(super) fn share(&mut self) {
        let link = self.model.borrow().link(self.look.clone()).write();
        match link {
            Ok(query) => {
                let address = format!("{}?{query}", browser::address());
                self.lay(Over::Share(address, false));
            }
            Err(fault) => self.trouble = Some(fault.to_string()),
        }
    }

    /// Copies the link; where browsers do not allow that it is selected, to be copied by hand.
    pub(super) fn copy(&mut self) {
        if let Some(Over::Share(link, copied)) = &mut self.over {
            browser::select("link");
            *copied = browser::copy(link);
        }
    }

    /// Reads a file that was brought; what is in it comes back as an act.
    pub(super) fn read(ctx: &Context<Self>, file: web_sys::File) {
        let link = ctx.link().clone();
        if file.size() > MOST_FILE {
            let given = format!("{} of {} bytes", file.name(), file.size());
            let allowed = format!("allowed: {MOST_FILE} bytes");
            link.send_message(Act::Refuse(InputError::new("scenario file", given, allowed)));
            return;
        }
        spawn_local(async move {
            let text = JsFuture::from(file.text()).await.ok().and_then(|text| text.as_string());
            link.send_message(match text {
                Some(text) => Act::Bring(text),
                None => Act::Refuse(InputError::new(
                    "scenario file",
                    file.name(),
                    "it could not be read",
                )),
            });
        });
    }

    /// Begins the scenario that was brought.
    pub(super) fn bring(&mut self, text: &str) {
        let begun = Scenario::from_toml(text)
            .and_then(|scenario| self.model.borrow_mut().runs.begin(scenario));
        match begun {
            Ok(()) => {
                self.over = None;
                browser::focus_soon("#stage");
            }
            Err(fault) => self.refuse(&fault, words::KEPT),
        }
    }

    /// Says what was wrong, and what is shown instead.
    pub(super) fn refuse(&mut self, fault: &InputError, instead: &str) {
        self.over = Some(Over::Refused(format!("{fault}. {instead}")));
        browser::focus_soon("#over-close");
    }

    /// What lies over the page.
    pub(super) fn view_over(&self, ctx: &Context<Self>) -> Html {
        let Some(over) = &self.over else { return Html::default() };
        let close = ctx.link().callback(|_| Act::Close);
        let (title, alarm, inside) = match over {
            Over::Help => (words::KEYS, false, help()),
            Over::Share(link, copied) => {
                let copy = ctx.link().callback(|_| Act::Copy);
                (words::SHARE, false, share(link, *copied, &copy))
            }
            Over::Keep => {
                let take = ctx.link().callback(Act::TakeAway);
                let open = ctx.link().callback(Act::Open);
                (words::KEEP, false, keep(&take, &open))
            }
            Over::Refused(what) => {
                (words::REFUSED, true, html! { <p class="refused">{ what.clone() }</p> })
            }
        };
        dialog(title, alarm, &close, inside)
    }

    /// Gives the viewer a file.
    pub(super) fn take_away(&self, format: &take::Format) {
        take::take(format, &self.model.borrow());
    }
}
