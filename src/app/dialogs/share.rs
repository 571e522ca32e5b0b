//! The link to what is seen: to be copied, or to be read off the screen.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

use crate::app::browser;
use crate::app::element::Button;
use crate::app::lazy::lazy;
use crate::app::words;
use crate::run::link::ORDINARY_LENGTH;
use crate::viewer::Msg;

/// Room around the code, in modules, as its standard asks (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The link with this query, and whether the browser has copied it.
pub fn share(query: &str, copied: Option<bool>, on: &Callback<Msg>) -> Html {
    let link = browser::address(query);
    let long = link.len() > ORDINARY_LENGTH;
    html! {
        <div class="share">
            <p>{ words::SHARE_HELP }</p>
            <div class="row">
                <input type="text" id="link" readonly=true value={link.clone()}
                    aria-label={words::LINK} />
                { Button::new("copy", words::COPY).class("main").sends(Msg::Copy, on) }
            </div>
            <div class="row">
                <input type="text" id="frame" readonly=true value={browser::frame(query)}
                    aria-label={words::FRAME} />
                <button type="button" id="copy-frame"
                    onclick={on.reform(|_: MouseEvent| Msg::CopyFrame)}>{ words::COPY }</button>
            </div>
            <p role="status">{ words::copied(copied) }</p>
            if long {
                <p>{ words::LONG_LINK }</p>
            }
            { lazy(code, link.into(), on) }
        </div>
    }
}

/// The link as a QR code; nothing if it is too long for one.
fn code(link: &AttrValue, _: &Callback<Msg>) -> Html {
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Low) else {
        return Html::default();
    };
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    let path: String = dark
        .filter(|&(x, y)| code.get_module(x, y))
        .map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET))
        .collect();
    let side = size + 2 * QUIET;
    html! {
        <div class="code">
            <svg class="qr" viewBox={format!("0 0 {side} {side}")} role="img"
                aria-label={words::QR} shape-rendering="crispEdges">
                <rect width={side.to_string()} height={side.to_string()} fill="#fff" />
                <path d={path} fill="#000" />
            </svg>
        </div>
    }
}
