//! The rooms, and what of the lab reaches beyond it.

use crate::viewer::effect::{Effect, File};
use crate::viewer::lab::{Export, Lab, LabEffect, LabMsg, MAP_SIZE, map_picture};
use crate::viewer::msg::Msg;
use crate::viewer::room::Room;
use crate::viewer::state::State;

/// Workers that are not ready after so many milliseconds do not come.
const READY_MS: u32 = 5_000;

impl State {
    pub(super) fn enter(&mut self, room: Room) {
        (self.look.room, self.menu) = (Some(room.name()), None);
        self.digest.text.clear();
    }

    pub(super) fn update_lab(&mut self, msg: LabMsg) -> Vec<Effect> {
        match msg {
            LabMsg::Watch(cell) => self.watch(cell, None),
            LabMsg::Compare(cell) => match self.lab.selected().filter(|other| *other != cell) {
                Some(selected) => self.watch(selected, Some(cell)),
                None => return self.update_lab(LabMsg::Select(cell)),
            },
            msg => {
                let effects = self.lab.update(msg);
                let starts = effects.contains(&LabEffect::Start);
                let late = Effect::After(READY_MS, Msg::Lab(LabMsg::WithoutWorkers));
                let late = starts.then_some(late);
                return effects.into_iter().map(Effect::Lab).chain(late).collect();
            }
        }
        Vec::new()
    }

    /// Opens the median run of a cell on the stage, perhaps beside that of another.
    fn watch(&mut self, cell: u32, other: Option<u32>) {
        let Some(link) = self.lab.link_to(cell, other) else { return };
        match self.show(&link) {
            Ok(()) => self.enter(Room::Pool),
            Err(error) => self.refuse(&error),
        }
    }

    pub(super) fn export_lab(&self, export: Export) -> Vec<Effect> {
        let lab: &Lab = &self.lab;
        vec![Effect::Save(match export {
            Export::Rows => File {
                name: "lab.csv".to_owned(),
                mime: "text/csv",
                bytes: lab.rows().into_bytes(),
            },
            Export::Map => {
                let title = lab.link().figure.heading();
                let svg = map_picture(lab.link(), lab.table()).svg(MAP_SIZE, self.theme(), &title);
                File { name: "lab.svg".to_owned(), mime: "image/svg+xml", bytes: svg.into_bytes() }
            }
        })]
    }
}
