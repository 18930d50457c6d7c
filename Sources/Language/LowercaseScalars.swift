extension String {
  /// The scalars of the text in lower case: those of `lowercased()`, without a text of their own.
  ///
  /// Messages are short and many, and nearly all of their letters are Latin: those are looked up.
  /// - Complexity: O(n) in the text's length.
  package var lowercaseScalars: [Unicode.Scalar] {
    var scalars: [Unicode.Scalar] = []
    scalars.reserveCapacity(utf8.count)
    for scalar in unicodeScalars {
      if Int(scalar.value) < latinLowercase.count, let lower = latinLowercase[Int(scalar.value)] {
        scalars.append(lower)
      } else {
        scalars += scalar.properties.lowercaseMapping.unicodeScalars
      }
    }
    return scalars
  }
}

/// The lower case of the Latin scalars by their value; nil for what becomes more than one (`İ`).
private let latinLowercase: [Unicode.Scalar?] = (0..<UInt32(0x250)).map { value in
  let mapping = Unicode.Scalar(value)?.properties.lowercaseMapping.unicodeScalars
  return mapping?.count == 1 ? mapping?.first : nil
}
