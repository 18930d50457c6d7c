// swift-tools-version: 6.2
import PackageDescription

// A package of its own, as an embedder's is: what it uses is public.
let package = Package(
  name: "examples",
  platforms: [.macOS(.v26)],
  dependencies: [.package(name: "odzew", path: "..")],
  targets: [
    .executableTarget(
      name: "Responding", dependencies: [.product(name: "Odzew", package: "odzew")])
  ]
)
