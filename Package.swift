// swift-tools-version: 6.2
import PackageDescription

// The targets stand in strict downward order: a target imports only targets above it, and the
// build refuses an import that is not declared here (`--explicit-target-dependency-import-check`).
// One stage of a message's way is one target with one verb:
// fold → read → decide → render → review → respond.

let settings: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

func target(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: settings)
}

func tests(of name: String, _ dependencies: [Target.Dependency] = []) -> Target {
  .testTarget(
    name: name + "Tests", dependencies: [.target(name: name)] + dependencies,
    swiftSettings: settings)
}

let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let argumentParser: Target.Dependency = .product(
  name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
  name: "odzew",
  platforms: [.macOS(.v26)],
  products: [
    .library(name: "Odzew", targets: ["Odzew"]),
    .executable(name: "odzew", targets: ["OdzewCommand"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    .package(url: "https://github.com/swiftcsv/SwiftCSV", from: "0.10.0"),
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.4.0"),
  ],
  targets: [
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8", providers: [.apt(["libpcre2-dev"])]),
    // Finds things in bytes: PCRE2 and keyword tables. The only unsafe code.
    target("Patterns", ["CPCRE2"]),
    // Where a file says what, and what is wrong with it: positions, findings, YAML (which lies in tables).
    target("Diagnostics", ["Patterns", yams]),
    // The template language, knowing nothing of shops or buyers.
    target("Liquid", ["Diagnostics"]),
    // What a text is: locale, folded bytes, clauses, plural forms.
    target("Language"),
    // The world replied about: orders, money, parcels, deadlines, and where a text goes.
    target("Commerce", ["Language"]),
    // A message becomes intents and entities, with evidence.
    target("Understanding", ["Diagnostics", "Patterns", "Language", "Commerce"]),
    // Conversation and order become a decision.
    target("Dialogue", ["Diagnostics", "Language", "Commerce", "Understanding"]),
    // A decision becomes words in the buyer's language.
    target("Replies", ["Diagnostics", "Liquid", "Language", "Commerce", "Dialogue"]),
    // What may leave. Small, alone, and knows no templates.
    target("Policy", ["Diagnostics", "Patterns", "Language", "Commerce"]),
    // The bot folder, the request, the pipeline, the response: what embedders import.
    target(
      "Odzew",
      [
        "Diagnostics", "Patterns", "Liquid", "Language", "Commerce", "Understanding", "Dialogue",
        "Replies", "Policy",
      ]),
    // Conversations, orders, consents and the audit trail in SQLite.
    target(
      "Store",
      [
        "Odzew", "Commerce", "Dialogue", .product(name: "GRDB", package: "GRDB.swift"),
        .product(name: "Crypto", package: "swift-crypto"),
      ]),
    // Other systems' documents become requests, and responses their calls; orders are imported.
    target(
      "Adapters", ["Odzew", "Diagnostics", "Patterns", "Liquid", "Commerce"]),
    // Cases and lint: what `test` and `lint` say.
    target(
      "Evaluation",
      [
        "Odzew", "Diagnostics", "Patterns", "Language", "Commerce", "Understanding", "Dialogue",
        "Replies", "Policy",
      ]),
    // What a person types at a terminal: keys, lines, commands. Knows no terminal.
    target("Console", ["Diagnostics", "Commerce"]),
    // The command `odzew`: terminals, pipes, exit codes. Not called `odzew`, which would collide
    // with `Odzew` on a disk that does not tell upper from lower case.
    .executableTarget(
      name: "OdzewCommand",
      dependencies: [
        "Odzew", "Store", "Adapters", "Evaluation", "Console", "Diagnostics", "Liquid", "Language",
        "Commerce", "Understanding", "Dialogue", "Replies", "Policy", argumentParser,
        .product(name: "SwiftCSV", package: "SwiftCSV"),
      ],
      swiftSettings: settings),
    // Messages a second for reading alone.
    .executableTarget(
      name: "ReadingBenchmark",
      dependencies: [
        "Understanding", "Evaluation", "Diagnostics", "Language", "Patterns", "Commerce",
      ],
      path: "Benchmarks/Reading", swiftSettings: settings),
    // Microseconds of each stage of a message.
    .executableTarget(
      name: "StagesBenchmark",
      dependencies: [
        "Odzew", "Replies", "Policy", "Understanding", "Dialogue", "Commerce", "Language",
      ],
      path: "Benchmarks/Stages", swiftSettings: settings),
    // Texts a second through the policy filter.
    .executableTarget(
      name: "FilteringBenchmark",
      dependencies: ["Policy", "Evaluation", "Odzew", "Diagnostics", "Language", "Commerce", yams],
      path: "Benchmarks/Filtering", swiftSettings: settings),
    // Documents a second, next to Foundation.
    .executableTarget(
      name: "DecodingBenchmark", dependencies: ["Liquid"], path: "Benchmarks/Decoding",
      swiftSettings: settings),
    // Renders a second, next to another engine.
    .executableTarget(
      name: "RenderingBenchmark", dependencies: ["Liquid", "Diagnostics"],
      path: "Benchmarks/Rendering", exclude: ["pages", "rendering.py", "rendering.sh"],
      swiftSettings: settings),
    // What must hold whatever bytes come in, and the program by which libFuzzer tries it.
    .target(
      name: "FuzzTargets",
      dependencies: [
        "Odzew", "Diagnostics", "Liquid", "Language", "Commerce", "Understanding", "Dialogue",
        "Policy",
      ],
      path: "Fuzz/Targets", swiftSettings: settings),
    .executableTarget(
      name: "Fuzz", dependencies: ["FuzzTargets"], path: "Fuzz/Driver", swiftSettings: settings),
    .testTarget(name: "FuzzTests", dependencies: ["FuzzTargets"], swiftSettings: settings),
    tests(of: "Patterns"),
    tests(of: "Diagnostics"),
    tests(of: "Liquid", ["Diagnostics"]),
    tests(of: "Language"),
    tests(of: "Commerce", ["Language"]),
    tests(of: "Understanding", ["Commerce", "Diagnostics", "Patterns", "Language"]),
    tests(of: "Dialogue", ["Commerce", "Understanding", "Language", "Diagnostics"]),
    tests(of: "Replies", ["Diagnostics", "Liquid", "Language", "Commerce", "Dialogue"]),
    tests(of: "Policy", ["Diagnostics", "Patterns", "Language", "Commerce"]),
    tests(
      of: "Odzew",
      ["Commerce", "Dialogue", "Diagnostics", "Language", "Policy", "Replies", "Understanding"]),
    tests(
      of: "Store",
      ["Odzew", "Commerce", "Dialogue", .product(name: "GRDB", package: "GRDB.swift")]),
    tests(of: "Adapters", ["Odzew", "Diagnostics", "Liquid"]),
    tests(of: "Evaluation", ["Odzew", "Diagnostics"]),
    tests(of: "Console"),
    // The built program: stdin, stdout, stderr, exit code; and the documentation, tried on it.
    .testTarget(
      name: "EndToEndTests",
      dependencies: ["OdzewCommand", "Diagnostics", "Language", "Liquid", "Replies", yams],
      swiftSettings: settings),
    // The reference pages against the program, the schemas and the filters.
    .testTarget(
      name: "DocumentationTests",
      dependencies: ["OdzewCommand", "Diagnostics", "Liquid", "Language", "Commerce", "Replies"],
      swiftSettings: settings),
  ]
)
