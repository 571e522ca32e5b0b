//! What each message changes, and what it asks of the browser.

mod charts;
mod dialogs;
mod knobs;
mod lab;
mod stage;
mod time;
mod tour;

use std::rc::Rc;

use super::effect::Effect;
use super::msg::Msg;
use super::opening::Opening;
use super::state::State;

impl State {
    /// Takes a message in. What is handed back only a browser can do.
    pub fn update(&mut self, msg: Msg) -> Vec<Effect> {
        let quiet = msg.is_quiet();
        let refresh_ms = if let Msg::Refresh(now_ms) = msg { Some(now_ms) } else { None };
        if msg.takes_time_in_hand() {
            self.runs.opening = Opening::Over;
        }
        let effects = self.dispatch(msg);
        if !quiet {
            self.fit_menu();
            self.sample = Rc::new(self.runs.tape().run().sample());
        }
        if let Some(now_ms) = refresh_ms {
            self.tell(now_ms);
        }
        effects
    }

    fn dispatch(&mut self, msg: Msg) -> Vec<Effect> {
        match msg {
            Msg::Refresh(_) => return self.refresh(),
            Msg::TogglePlay => self.runs.pace.playing = !self.runs.pace.playing,
            Msg::SetSpeed(speed) => self.runs.pace.set_speed(speed),
            Msg::Faster => self.runs.pace.faster(),
            Msg::Slower => self.runs.pace.slower(),
            Msg::Reset => self.reset(),
            Msg::AgainFixed => self.again_fixed(),
            Msg::BeginScenario(name) => self.begin_built_in(&name),
            Msg::SetSeed(text) => self.set_seed(&text),
            Msg::Step => self.runs.step(),
            Msg::StepBack => self.runs.step_back(),
            Msg::Nudge(seconds) => self.nudge(seconds),
            Msg::SeekBegin => self.seek_begin(),
            Msg::SeekEnd => self.runs.seek(self.runs.tape().end()),
            Msg::SetInterest(what) => self.interest = what,
            Msg::RunToNext(what) => self.run_to_next(what),
            Msg::Cancel => self.cancel(),
            Msg::SwitchTimeline(ghost) => self.runs.switch(ghost),
            Msg::PressTimeline(x, width) => self.press_timeline(x, width),
            Msg::PointTimeline(x, width) => self.point_timeline(x, width),
            Msg::ReleaseTimeline => self.timeline.drags = false,
            Msg::LeaveTimeline => self.timeline.x = None,
            Msg::PreviewKnob(knob, text) => self.knobs.preview = Some((knob, text)),
            Msg::SetKnob(knob, text) => self.set_knob(knob, text),
            Msg::HoldKnob(knob) => self.hold_knob(knob),
            Msg::ReleaseKnob(knob) => self.release_knob(knob),
            Msg::PressStage(id, press) => return self.press_stage(id, press),
            Msg::ReleaseStage(id, press) => self.release_stage(id, press),
            Msg::CancelPress => self.touch.lasts = false,
            Msg::LongPress(number, id, at) => return self.long_press(number, id, at),
            Msg::AskStage(id, at) => return self.ask_stage(id, at),
            Msg::SelectNext => self.select_next(false),
            Msg::SelectPrevious => self.select_next(true),
            Msg::SetTool(tool) => self.tool = tool,
            Msg::UseTool(tool) => return self.use_tool(tool),
            Msg::Issue(command) => self.issue(command),
            Msg::Undo => self.undo(),
            Msg::ShowBelief(belief) => self.belief = belief,
            Msg::ToggleBelief => self.belief = !self.belief,
            Msg::OpenMenu => return self.open_menu(),
            Msg::MenuNext => return self.move_in_menu(|row, rows| (row + 1) % rows),
            Msg::MenuPrevious => return self.move_in_menu(|row, rows| (row + rows - 1) % rows),
            Msg::MenuFirst => return self.move_in_menu(|_, _| 0),
            Msg::MenuLast => return self.move_in_menu(|_, rows| rows - 1),
            Msg::LeaveMenu => self.menu = None,
            Msg::Compare(on) => self.compare(on),
            Msg::Activate(id) => self.activate(id),
            Msg::Deselect => return self.deselect(),
            Msg::Close => return self.close(),
            Msg::CloseDialog => self.dialog = None,
            Msg::OpenHelp => self.open_help(),
            Msg::OpenShare => self.open_share(),
            Msg::Copy => return self.copy(Effect::Copy),
            Msg::CopyFrame => return self.copy(Effect::CopyFrame),
            Msg::Copied(done) => self.note_copied(done),
            Msg::OpenExport => self.open_export(),
            Msg::Export(format) => return self.export(format),
            Msg::OfferFile(name, bytes) => return self.offer_file(name, bytes),
            Msg::LoadFile(text) => self.load_file(&text),
            Msg::RefuseFile(error) => self.refuse(&error),
            Msg::SetTheme(name) => return self.set_theme(&name),
            Msg::SetSystem { dark, calm } => self.set_system(dark, calm),
            Msg::PointChart(x, width) => self.point_chart(x, width),
            Msg::LeaveChart => self.charts.leave(),
            Msg::ShowTable(place, open) => self.charts.show_table(place, open),
            Msg::ExportChart(place) => return self.export_chart(place),
            Msg::ExportChartPixels(place) => return self.export_chart_pixels(place),
            Msg::ShowTab(tab) => self.tab = tab,
            Msg::ToggleHead => self.unfolded = !self.unfolded,
            Msg::Enter(room) => self.enter(room),
            Msg::Lab(msg) => return self.update_lab(msg),
            Msg::Obey(text) => return vec![Effect::Post(self.obey(&text))],
            Msg::Tour(msg) => return self.update_tour(msg),
            Msg::ExportLab(export) => return self.export_lab(export),
        }
        Vec::new()
    }
}
