//! Everything that can happen to the page, as plain data.

use super::export::Format;
use super::lab::{Export, LabMsg};
use super::room::Room;
use super::tab::Tab;
use super::tool::Tool;
use super::tour::TourMsg;
use crate::knobs::{InputError, KnobId};
use crate::run::{Command, Interest, RunId};
use crate::scene::Point;

/// A pointer that goes down or up on a stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Press {
    /// Whether it is a finger.
    pub touch: bool,
    /// Where on the stage, in pixels of the page.
    pub at: Point,
    /// Which button: 0 is the main one, as in the DOM.
    pub button: i16,
}

/// Everything that can happen to the page.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A quarter of a second has passed at this time of the page, in milliseconds.
    Refresh(f64),

    /// Play if paused, pause if playing.
    TogglePlay,
    /// Virtual seconds per real second.
    SetSpeed(f64),
    /// The next faster speed.
    Faster,
    /// The next slower speed.
    Slower,
    /// All runs from the beginning.
    Reset,
    /// All runs from the beginning, with all fixes on, and time goes.
    AgainFixed,
    /// A built-in scenario, by name.
    BeginScenario(String),
    /// All runs from the beginning with the seed that was typed.
    SetSeed(String),
    /// To the next event.
    Step,
    /// To the event before.
    StepBack,
    /// So many seconds later; earlier if negative.
    Nudge(f64),
    /// To the beginning.
    SeekBegin,
    /// To the end of what was played.
    SeekEnd,
    /// What "run to next" looks for from now on.
    SetInterest(Interest),
    /// To the next event of that sort; without one, of the sort that was chosen.
    RunToNext(Option<Interest>),
    /// A search, or a long jump in time, is given up.
    Cancel,
    /// Back to an abandoned timeline.
    SwitchTimeline(usize),
    /// The pointer goes down on the timeline: x and the timeline's width, in pixels.
    PressTimeline(f64, f64),
    /// The pointer moves over the timeline, or drags it: x and width.
    PointTimeline(f64, f64),
    /// The pointer goes up.
    ReleaseTimeline,
    /// The pointer has left the timeline.
    LeaveTimeline,

    /// A slider moves: its knob, and the value in text.
    PreviewKnob(KnobId, String),
    /// A field or a slider has a new value.
    SetKnob(KnobId, String),
    /// A key goes down on a slider.
    HoldKnob(KnobId),
    /// The key goes up again, or the slider loses the focus.
    ReleaseKnob(KnobId),

    /// A pointer goes down on a stage.
    PressStage(RunId, Press),
    /// It goes up.
    ReleaseStage(RunId, Press),
    /// It is the browser's now, to scroll.
    CancelPress,
    /// Half a second after the touch of that number went down.
    LongPress(u32, RunId, Point),
    /// A right click on a stage.
    AskStage(RunId, Point),
    /// Select the next worker.
    SelectNext,
    /// Select the previous worker.
    SelectPrevious,
    /// What a click on the stage does.
    SetTool(Tool),
    /// A tool acts on the selection.
    UseTool(Tool),
    /// A command is issued to the active run.
    Issue(Command),
    /// The last command is taken back.
    Undo,
    /// Whether the stage shows what the supervisor believes.
    ShowBelief(bool),
    /// The other of truth and belief.
    ToggleBelief,
    /// The menu of the selection opens.
    OpenMenu,
    /// The focus moves to the next row of the menu.
    MenuNext,
    /// The focus moves to the previous row.
    MenuPrevious,
    /// The focus moves to the first row.
    MenuFirst,
    /// The focus moves to the last row.
    MenuLast,
    /// The pointer goes down elsewhere.
    LeaveMenu,
    /// A run B is put beside A, or taken away.
    Compare(bool),
    /// Knobs and pokes act on this run from now on.
    Activate(RunId),

    /// The inspector is closed: nothing is selected.
    Deselect,
    /// What lies on top is closed: the menu, a search, the inspector.
    Close,
    /// The dialog is closed.
    CloseDialog,
    /// The list of keys opens.
    OpenHelp,
    /// The link to what is seen opens.
    OpenShare,
    /// The link is copied.
    Copy,
    /// The code is copied that shows the link in a frame of another page.
    CopyFrame,
    /// Whether the browser has copied it.
    Copied(bool),
    /// The list of what can be saved opens.
    OpenExport,
    /// A file is saved.
    Export(&'static Format),
    /// The user offers a file: its name and its size in bytes.
    OfferFile(String, f64),
    /// What the file holds.
    LoadFile(String),
    /// The file cannot be read.
    RefuseFile(InputError),
    /// A theme by name; the system's if there is none of that name.
    SetTheme(String),
    /// What the system prefers: a dark theme, reduced motion.
    SetSystem {
        /// A dark theme.
        dark: bool,
        /// Reduced motion.
        calm: bool,
    },

    /// The pointer is on a chart: x and the chart's width, in pixels.
    PointChart(f64, f64),
    /// The pointer has left the chart.
    LeaveChart,
    /// The table of a chart was opened or closed, by the chart's row in the table of charts.
    ShowTable(usize, bool),
    /// A chart is saved as SVG.
    ExportChart(usize),
    /// A chart is saved as the pixels that are seen.
    ExportChartPixels(usize),

    /// Another tab opens, where there is one column.
    ShowTab(Tab),
    /// The head of a narrow page unfolds, or folds.
    ToggleHead,
    /// The user goes to another room.
    Enter(Room),
    /// Something happens in the lab.
    Lab(LabMsg),
    /// The page around this one asks for something.
    Obey(String),
    /// Something happens in the night.
    Tour(TourMsg),
    /// Something of the lab is saved.
    ExportLab(Export),
}

impl Msg {
    /// Whether the user does more than watch: the opening is over then.
    pub fn takes_time_in_hand(&self) -> bool {
        let watches = matches!(
            self,
            Self::Refresh(_)
                | Self::TogglePlay
                | Self::SetSystem { .. }
                | Self::SetTheme(_)
                | Self::ShowTab(_)
                | Self::ToggleHead
        );
        !watches && !self.is_quiet()
    }

    /// Whether the page waits for its next refresh to show what comes of it. A pointer that moves
    /// must not have the instruments read, links written and the page rendered at each step.
    pub fn is_quiet(&self) -> bool {
        matches!(
            self,
            Self::PointTimeline(..)
                | Self::LeaveTimeline
                | Self::PreviewKnob(..)
                | Self::HoldKnob(_)
                | Self::PressStage(..)
                | Self::PointChart(..)
                | Self::LeaveChart
                | Self::Lab(LabMsg::Ready(_) | LabMsg::Answer(..))
        )
    }
}
