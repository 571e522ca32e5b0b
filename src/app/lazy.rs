//! Parts of the page that seldom change, as Elm's `Html.Lazy` has them: Yew leaves a part alone as
//! long as what it shows is the same.
//!
//! One component serves them all. A component for each would bring its own life cycle to the page:
//! about 1 KB to load.

use std::any::Any;
use std::rc::Rc;

use yew::prelude::*;

use crate::viewer::Msg;

/// How a part that shows a `T` is drawn.
type View<T> = fn(&T, &Callback<Msg>) -> Html;

/// The part that `view` draws of `shown`; it is drawn again only when that is another.
pub fn lazy<T: PartialEq + 'static>(view: View<T>, shown: T, on: &Callback<Msg>) -> Html {
    html! { <Lazy part={Rc::new(Part { view, shown }) as Rc<dyn Drawn>} {on} /> }
}

/// What is shown, and how.
struct Part<T> {
    view: View<T>,
    shown: T,
}

/// A part whose type is forgotten.
trait Drawn {
    fn draw(&self, on: &Callback<Msg>) -> Html;
    fn shows_the_same(&self, other: &dyn Drawn) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<T: PartialEq + 'static> Drawn for Part<T> {
    fn draw(&self, on: &Callback<Msg>) -> Html {
        (self.view)(&self.shown, on)
    }

    fn shows_the_same(&self, other: &dyn Drawn) -> bool {
        let other = other.as_any().downcast_ref::<Self>();
        other.is_some_and(|other| {
            std::ptr::fn_addr_eq(self.view, other.view) && self.shown == other.shown
        })
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

#[derive(Clone, Properties)]
struct Props {
    part: Rc<dyn Drawn>,
    on: Callback<Msg>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        self.on == other.on && self.part.shows_the_same(&*other.part)
    }
}

#[component]
fn Lazy(props: &Props) -> Html {
    props.part.draw(&props.on)
}
