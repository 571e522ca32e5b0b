//! What lies over the page: native dialogs, which keep the keyboard inside, close on Escape and
//! give the focus back to what opened them.

mod export;
mod help;
mod share;

use web_sys::{Element, HtmlDialogElement};
use yew::prelude::*;

use super::element::Button;
use super::nodes::Nodes;
use super::words;
use crate::viewer::{Dialog, Msg, State};

/// The dialog that is open, if one is.
pub fn dialog(state: &State, nodes: &Nodes, on: &Callback<Msg>) -> Html {
    let Some(dialog) = &state.dialog else { return Html::default() };
    let (key, dialog, nodes) = (words::dialog(dialog), dialog.clone(), nodes.clone());
    html! { <Modal {key} {dialog} {nodes} {on} /> }
}

/// What a dialog shows.
#[derive(Clone, PartialEq, Properties)]
struct Props {
    dialog: Dialog,
    nodes: Nodes,
    on: Callback<Msg>,
}

/// A dialog: it is modal as long as it is there.
struct Modal {
    node: NodeRef,
}

impl Component for Modal {
    type Message = ();
    type Properties = Props;

    fn create(_: &Context<Self>) -> Self {
        Self { node: NodeRef::default() }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let Props { dialog, on, .. } = ctx.props();
        let alarm = matches!(dialog, Dialog::Refused { .. });
        html! {
            <dialog ref={self.node.clone()} role={alarm.then_some("alertdialog")}
                aria-labelledby="dialog-title" onclick={self.press(on)}
                onclose={on.reform(|_| Msg::CloseDialog)}>
                <div class="dialog">
                    <div class="head">
                        <h2 id="dialog-title">{ words::dialog(dialog) }</h2>
                        { Button::new("dialog-close", words::CLOSE).sends(Msg::CloseDialog, on) }
                    </div>
                    { inside(ctx.props()) }
                </div>
            </dialog>
        }
    }

    fn rendered(&mut self, _: &Context<Self>, first: bool) {
        if first && let Some(dialog) = self.node.cast::<HtmlDialogElement>() {
            // Only a dialog that is open already could refuse.
            let _ = dialog.show_modal();
        }
    }

    fn destroy(&mut self, _: &Context<Self>) {
        // It is closed while it still is in the page, so that the focus goes back.
        if let Some(dialog) = self.node.cast::<HtmlDialogElement>() {
            dialog.close();
        }
    }
}

impl Modal {
    /// A press beside what is in the dialog hits the dialog itself, and closes it.
    fn press(&self, on: &Callback<Msg>) -> Callback<MouseEvent> {
        let (node, on) = (self.node.clone(), on.clone());
        Callback::from(move |event: MouseEvent| {
            if event.target_dyn_into::<Element>() == node.cast::<Element>() {
                on.emit(Msg::CloseDialog);
            }
        })
    }
}

fn inside(Props { dialog, nodes, on }: &Props) -> Html {
    match dialog {
        Dialog::Help => help::help(),
        Dialog::Share { query, copied } => share::share(query, *copied, on),
        Dialog::Export => export::export(nodes, on),
        Dialog::Refused { why, instead } => {
            html! { <p class="refused">{ why.clone() }{ ". " }{ words::instead(*instead) }</p> }
        }
    }
}
