//! The link to what is seen: to be copied, or to be read off the screen.

use qrcodegen::{QrCode, QrCodeEcc};
use yew::prelude::*;

use crate::app::words;
use crate::run::link::ORDINARY_LENGTH;

/// Room around the code, in modules, as its standard asks (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The link, and whether it was copied.
pub fn share(link: &str, copied: bool, copy: &Callback<MouseEvent>) -> Html {
    let long = link.len() > ORDINARY_LENGTH;
    html! {
        <div class="share">
            <p>{ words::SHARE_HELP }</p>
            <div class="row">
                <input type="text" id="link" readonly=true value={link.to_owned()}
                    aria-label={words::LINK} />
                <button type="button" id="copy" class="main" onclick={copy.clone()}>
                    { words::COPY }
                </button>
            </div>
            <p role="status">{ if copied { words::COPIED } else { "" } }</p>
            <p>{ if long { words::LONG_LINK } else { "" } }</p>
            <div class="code">{ code(link) }</div>
        </div>
    }
}

/// The link as a QR code; nothing if it is too long for one.
fn code(link: &str) -> Html {
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Low) else { return Html::default() };
    let size = code.size();
    let dark = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    let path: String = dark
        .filter(|&(x, y)| code.get_module(x, y))
        .map(|(x, y)| format!("M{} {}h1v1h-1z", x + QUIET, y + QUIET))
        .collect();
    let side = size + 2 * QUIET;
    html! {
        <svg class="qr" viewBox={format!("0 0 {side} {side}")} role="img" aria-label={words::QR}
            shape-rendering="crispEdges">
            <rect width={side.to_string()} height={side.to_string()} fill="#fff" />
            <path d={path} fill="#000" />
        </svg>
    }
}
