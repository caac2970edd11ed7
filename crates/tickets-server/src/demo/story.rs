//! The story of the demo: a society in Surrey and its winter, with the ugly cases among them.

/// An event to be made. Times are days from now, and hours of the day in Vancouver.
pub struct Scene {
    pub title: &'static str,
    pub summary: &'static str,
    pub description: &'static str,
    pub venue: &'static str,
    pub address: &'static str,
    pub city: &'static str,
    pub days: i64,
    pub lasts_h: i64,
    pub capacity: Option<i64>,
    pub publish: bool,
    pub tiers: &'static [Offer],
}

/// A tier to be made.
pub struct Offer {
    pub name: &'static str,
    pub about: &'static str,
    pub cents: i64,
    pub capacity: i64,
    pub most: i64,
    pub hidden: bool,
    /// Seconds from now until its sale begins; 0 is at once.
    pub opens_in_s: i64,
    /// Whether all of it is sold at the start.
    pub sold_out: bool,
}

const fn offer(name: &'static str, about: &'static str, cents: i64, capacity: i64) -> Offer {
    Offer {
        name,
        about,
        cents,
        capacity,
        most: 10,
        hidden: false,
        opens_in_s: 0,
        sold_out: false,
    }
}

/// Every event of the demo.
pub const SCENES: &[Scene] = &[
    Scene {
        title: "Jugnu Winter Mela: music, food and a thousand lights",
        summary: "Dhol, qawwali and street food from six kitchens under a roof of lanterns.",
        description: "The **Winter Mela** fills the hall with lanterns, six kitchens and two stages.\n\n## The evening\n\n- 6:30 p.m.: doors, chai and chaat\n- 7:30 p.m.: *Noor Qawwal Ensemble*\n- 9:00 p.m.: open floor with three dhol players\n\nChildren are welcome. The hall has a ramp, an accessible washroom and a quiet room.",
        venue: "Surrey Arts Hall",
        address: "13750 88 Avenue",
        city: "Surrey",
        days: 19,
        lasts_h: 4,
        capacity: None,
        publish: true,
        tiers: &[
            offer("General admission", "Standing and benches", 2_500, 500),
            offer("Student", "Bring your student card", 1_500, 120),
            Offer {
                most: 4,
                ..offer(
                    "Front tables",
                    "A seat at a table of eight, with chai",
                    6_000,
                    48,
                )
            },
        ],
    },
    Scene {
        title: "Bhangra Brunch for beginners",
        summary: "Two hours of steps and a plate of parathas.",
        description: "No partner and no experience needed. Wear shoes that turn.",
        venue: "Moonlight Community Centre",
        address: "420 East Hastings Street",
        city: "Vancouver",
        days: 12,
        lasts_h: 3,
        capacity: Some(60),
        publish: true,
        tiers: &[
            offer("Dancer", "", 1_800, 60),
            offer("Watching only", "With a plate, without the steps", 900, 30),
        ],
    },
    Scene {
        title: "Community tea: newcomers welcome",
        summary: "A free afternoon of tea, games and introductions.",
        description: "Come as you are. Volunteers speak Punjabi, Hindi, Mandarin, Arabic and French.",
        venue: "Fleetwood Library",
        address: "15996 84 Avenue",
        city: "Surrey",
        days: 7,
        lasts_h: 2,
        capacity: None,
        publish: true,
        tiers: &[offer("Free seat", "", 0, 2_000)],
    },
    Scene {
        title: "Qawwali by candlelight",
        summary: "One hundred cushions, no amplification. Gone within a day.",
        description: "The ensemble plays in the round. Latecomers wait for the pause.",
        venue: "St. Alban's Hall",
        address: "7260 19th Avenue",
        city: "Burnaby",
        days: 25,
        lasts_h: 3,
        capacity: None,
        publish: true,
        tiers: &[Offer {
            sold_out: true,
            ..offer("Cushion", "", 4_200, 6)
        }],
    },
    Scene {
        title: "New Year's Eve on the river",
        summary: "On sale in a minute: the last boat of the year.",
        description: "Boarding from 8 p.m. Dinner, two decks, fireworks at midnight.",
        venue: "Quayside Pier",
        address: "810 Quayside Drive",
        city: "New Westminster",
        days: 39,
        lasts_h: 5,
        capacity: Some(180),
        publish: true,
        tiers: &[
            Offer {
                opens_in_s: 60,
                ..offer("Lower deck", "", 9_500, 120)
            },
            Offer {
                opens_in_s: 60,
                most: 2,
                ..offer("Upper deck", "With a view and a blanket", 14_500, 60)
            },
        ],
    },
    Scene {
        title: "ਵਿਸਾਖੀ ਦੀ ਸ਼ਾਮ · 春日晚會 · An evening of spring songs with a title that goes on for rather longer than any card has room for",
        summary: "Songs in Punjabi, Cantonese and Musqueam, and a table for those who sing along.",
        description: "ਸਭ ਦਾ ਸੁਆਗਤ ਹੈ। 歡迎大家。 Everyone is welcome.",
        venue: "The Very Long Name Of A Hall That Used To Be A Cannery And Is Now A Theatre",
        address: "Unit 1204, 98765 Old Lighthouse Cannery Road West",
        city: "Richmond",
        days: 140,
        lasts_h: 3,
        capacity: None,
        publish: true,
        tiers: &[
            offer("General", "", 3_000, 300),
            Offer {
                hidden: true,
                most: 8,
                ..offer(
                    "Members' table",
                    "For members of the society, by link",
                    2_000,
                    40,
                )
            },
        ],
    },
    Scene {
        title: "Volunteers' dinner (not announced)",
        summary: "A draft: nobody but its organizer sees it.",
        description: "",
        venue: "Surrey Arts Hall",
        address: "13750 88 Avenue",
        city: "Surrey",
        days: 30,
        lasts_h: 3,
        capacity: None,
        publish: false,
        tiers: &[offer("Volunteer", "", 0, 80)],
    },
];
