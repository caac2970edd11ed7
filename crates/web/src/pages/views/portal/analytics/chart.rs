//! A chart over time as SVG: bars for each step and, below them, the running total.
//!
//! Made by the server, so that it is there without scripts, prints, and is the same for everybody. Places are
//! percentages, so a chart fills whatever width there is while its letters keep their size. They are whole
//! hundredths of a percent: no fraction comes near the numbers themselves. A small script moves a line under
//! the pointer and reads the step out; the table beside the chart says the same in words.

use askama::Template;

/// A place on an axis in hundredths of a percent.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub struct Place(pub i64);

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{:02}%", self.0 / 100, self.0 % 100)
    }
}

/// The whole of an axis.
const WHOLE: i64 = 10_000;
/// Room above the highest bar, so that it does not touch the edge.
const HEAD: i64 = 400;
/// The widest that a bar gets: the first hour of a sale is a bar, and not a wall.
const BAR_MOST: i64 = 800;

/// One step.
#[derive(Clone, Debug)]
pub struct Step {
    /// When it is: `Fri, Nov 27`.
    pub name: String,
    /// When it is, short enough for an axis: `Nov 27`.
    pub short: String,
    /// What was counted.
    pub value: i64,
    /// Whether it is the first of a longer stretch (a month, a day of hours), where a mark belongs.
    pub marks: bool,
}

/// A line across the chart with its words.
#[derive(Clone, Debug)]
pub struct Tick {
    /// Where it is.
    pub at: Place,
    /// What it says.
    pub words: String,
    /// Whether a narrow screen leaves its words out.
    pub spare: bool,
}

/// A bar with what it says.
#[derive(Clone, Debug)]
pub struct Bar {
    /// Where the step begins.
    pub x: Place,
    /// How wide the step is.
    pub width: Place,
    /// Where the bar itself begins.
    pub bar_x: Place,
    /// How wide the bar itself is.
    pub bar_width: Place,
    /// Where its top is.
    pub y: Place,
    /// How high it is.
    pub height: Place,
    /// The middle of the step.
    pub middle: Place,
    /// Where the running total is.
    pub total_y: Place,
    /// `Fri, Nov 27: 12 tickets, 340 in all`.
    pub words: String,
}

/// A chart, ready to be drawn.
#[derive(Clone, Debug, Template)]
#[template(path = "portal/parts/chart.html")]
pub struct Chart {
    /// What it shows: `Tickets sold by day`.
    pub title: String,
    /// What the lower part shows: `In all`.
    pub total_title: String,
    /// The bars.
    pub bars: Vec<Bar>,
    /// Lines across the bars.
    pub ticks: Vec<Tick>,
    /// Lines across the running total.
    pub total_ticks: Vec<Tick>,
    /// Marks of time.
    pub marks: Vec<Tick>,
    /// The running total as a path on a grid of 10,000 by 10,000.
    pub line: String,
    /// The same, closed along the ground.
    pub area: String,
    /// What the readout says before anything is pointed at.
    pub summary: String,
}

/// Draws steps; `words` says a number with its unit.
pub fn draw(
    (title, total_title): (&str, &str),
    steps: &[Step],
    words: impl Fn(i64) -> String,
    axis: impl Fn(i64) -> String,
    scale: Scale,
) -> Chart {
    let most = steps.iter().map(|s| s.value).max().unwrap_or_default();
    let total: i64 = steps.iter().map(|s| s.value).sum();
    let (top, ticks) = axis_of(most, scale, &axis);
    let (total_top, total_ticks) = axis_of(total, scale, &axis);
    let count = i64::try_from(steps.len()).unwrap_or(1).max(1);
    let gap = if count > 90 { 10 } else { 18 };
    let mut sum = 0;
    let bars = (0_i64..).zip(steps).map(|(at, step)| {
        sum += step.value;
        let (left, right) = (WHOLE * at / count, WHOLE * (at + 1) / count);
        let inset = ((right - left) * gap / 200).max((right - left - BAR_MOST) / 2);
        let height = height_of(step.value, top);
        Bar {
            x: Place(left),
            width: Place(right - left),
            bar_x: Place(left + inset),
            bar_width: Place((right - left - 2 * inset).max(4)),
            y: Place(WHOLE - height),
            height: Place(height),
            middle: Place(i64::midpoint(left, right)),
            total_y: Place(WHOLE - height_of(sum, total_top)),
            words: format!(
                "{}: {}, {} in all",
                step.name,
                words(step.value),
                words(sum)
            ),
        }
    });
    let bars: Vec<Bar> = bars.collect();
    let (line, area) = path_of(&bars);
    Chart {
        title: title.to_owned(),
        total_title: total_title.to_owned(),
        ticks,
        total_ticks,
        marks: marks_of(steps, count),
        line,
        area,
        summary: format!("{} in all", words(total)),
        bars,
    }
}

/// In what an axis counts.
#[derive(Copy, Clone, Debug, Eq, PartialEq)]
pub enum Scale {
    /// Single things: no tick lies between two of them.
    Things,
    /// Hundredths, as cents: ticks lie on whole units.
    Hundredths,
}

const fn height_of(value: i64, top: i64) -> i64 {
    if value <= 0 {
        return 0;
    }
    // A sale that is small beside others is still seen.
    let height = (WHOLE - HEAD).saturating_mul(value) / top;
    if height < 60 { 60 } else { height }
}

/// The top of an axis and its ticks: three to five round numbers, the last at or above the highest value.
fn axis_of(most: i64, scale: Scale, words: impl Fn(i64) -> String) -> (i64, Vec<Tick>) {
    let unit = match scale {
        Scale::Things => 1,
        Scale::Hundredths => 100,
    };
    let step = round_up(most.max(unit).div_ceil_by(4).max(unit));
    let count = most.max(unit).div_ceil_by(step).max(1);
    let top = step * count;
    let tick = |n: i64| Tick {
        at: Place(WHOLE - (WHOLE - HEAD) * n / count),
        words: words(step * n),
        spare: false,
    };
    (top, (0..=count).map(tick).collect())
}

trait DivCeil {
    fn div_ceil_by(self, by: Self) -> Self;
}

impl DivCeil for i64 {
    fn div_ceil_by(self, by: Self) -> Self {
        (self + by - 1) / by
    }
}

/// The next of 1, 2, 5, 10, 20, 50, …; people count on in these.
fn round_up(least: i64) -> i64 {
    let mut power = 1_i64;
    loop {
        for digit in [1, 2, 5] {
            if power.saturating_mul(digit) >= least {
                return power.saturating_mul(digit);
            }
        }
        power = power.saturating_mul(10);
    }
}

fn path_of(bars: &[Bar]) -> (String, String) {
    use std::fmt::Write as _;
    let mut line = String::new();
    for (at, bar) in bars.iter().enumerate() {
        let letter = if at == 0 { 'M' } else { 'L' };
        let _ = write!(line, "{letter}{} {}", bar.middle.0, bar.total_y.0);
    }
    let (Some(first), Some(last)) = (bars.first(), bars.last()) else {
        return (String::new(), String::new());
    };
    let (mut from, mut to) = (first.middle.0, last.middle.0);
    // A single step is a point, which nobody would see: its total is drawn across the whole of it.
    if from == to {
        (from, to) = (first.x.0, first.x.0 + first.width.0);
        line = format!("M{from} {height}L{to} {height}", height = first.total_y.0);
    }
    let area = format!("{line}L{to} {WHOLE}L{from} {WHOLE}Z");
    (line, area)
}

/// At most seven marks, on the steps where something begins; on a narrow screen every other one.
fn marks_of(steps: &[Step], count: i64) -> Vec<Tick> {
    let wanted: Vec<usize> = if steps.iter().filter(|s| s.marks).count() >= 2 {
        let marked = steps.iter().enumerate().filter(|(_, s)| s.marks);
        marked.map(|(at, _)| at).collect()
    } else {
        (0..steps.len()).collect()
    };
    let every = wanted.len().div_ceil(7).max(1);
    let mut marks = Vec::new();
    for (n, at) in wanted.into_iter().step_by(every).enumerate() {
        let place = i64::try_from(at).unwrap_or_default();
        let left = WHOLE * place / count;
        let right = WHOLE * (place + 1) / count;
        marks.push(Tick {
            at: Place(i64::midpoint(left, right)),
            words: steps[at].short.clone(),
            spare: n % 2 == 1,
        });
    }
    marks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(values: &[i64]) -> Vec<Step> {
        let step = |value: &i64| Step {
            name: "Fri, Nov 27".to_owned(),
            short: "Nov 27".to_owned(),
            value: *value,
            marks: false,
        };
        values.iter().map(step).collect()
    }

    fn drawn(values: &[i64], scale: Scale) -> Chart {
        let titles = ("Tickets", "In all");
        draw(
            titles,
            &steps(values),
            |n| n.to_string(),
            |n| n.to_string(),
            scale,
        )
    }

    #[test]
    fn ticks_are_round_and_the_last_is_at_the_top() {
        let words = |most, scale| {
            let (_, ticks) = axis_of(most, scale, |n| n.to_string());
            ticks.into_iter().map(|t| t.words).collect::<Vec<_>>()
        };
        assert_eq!(words(37, Scale::Things), ["0", "10", "20", "30", "40"]);
        assert_eq!(words(0, Scale::Things), ["0", "1"]);
        assert_eq!(words(3, Scale::Things), ["0", "1", "2", "3"]);
        assert_eq!(words(130, Scale::Hundredths), ["0", "100", "200"]);
        assert_eq!(words(1_000_000, Scale::Things).len(), 3);
    }

    #[test]
    fn bars_fill_the_width_and_the_total_never_falls() {
        let chart = drawn(&[3, 0, 7, 1], Scale::Things);
        assert_eq!(chart.bars[0].x, Place(0));
        assert_eq!(chart.bars[3].x.0 + chart.bars[3].width.0, WHOLE);
        assert_eq!(chart.bars[1].height, Place(0));
        let totals: Vec<i64> = chart.bars.iter().map(|b| b.total_y.0).collect();
        assert!(totals.windows(2).all(|w| w[0] >= w[1]), "{totals:?}");
        assert_eq!(chart.bars[3].words, "Fri, Nov 27: 1, 11 in all");
        assert_eq!(chart.bars[2].middle.to_string(), "62.50%");
    }

    #[test]
    fn nothing_and_one_step_are_charts_too() {
        assert!(drawn(&[], Scale::Things).line.is_empty());
        let one = drawn(&[5], Scale::Things);
        assert_eq!(one.bars[0].width, Place(WHOLE));
        assert_eq!(
            (one.bars[0].bar_x, one.bars[0].bar_width),
            (Place(4_600), Place(BAR_MOST)),
            "a bar in the middle, and no wider than a bar is"
        );
        // Five of an axis that ends at six, a little below the top.
        assert_eq!(one.line, "M0 2000L10000 2000");
        assert_eq!(one.area, "M0 2000L10000 2000L10000 10000L0 10000Z");
    }
}
