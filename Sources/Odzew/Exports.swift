// An embedder imports `Odzew` alone: these are the modules that its signatures mention.
@_exported public import Commerce
@_exported public import Diagnostics
@_exported public import Dialogue
@_exported public import Language
@_exported public import Policy
@_exported public import Understanding
