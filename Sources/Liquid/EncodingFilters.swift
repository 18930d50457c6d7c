internal import Foundation

/// Filters for addresses and Base64.
extension FilterTable {
  mutating func addEncodingFilters() {
    addText("url_encode") { text in
      String(
        decoding: text.utf8.flatMap { byte -> [UInt8] in
          if byte == 32 { return [UInt8(ascii: "+")] }
          if isName(byte) || ".~".utf8.contains(byte) { return [byte] }
          let digits = String(byte, radix: 16, uppercase: true)
          return Array((digits.count < 2 ? "%0" : "%").utf8) + Array(digits.utf8)
        }, as: UTF8.self)
    }
    add("url_decode") { value, arguments throws(FilterError) in
      guard let text = String(validating: try arguments.text(value).urlDecoded, as: UTF8.self)
      else { throw FilterError("needs an encoded text") }
      return .string(text)
    }
    addText("base64_encode") { Data($0.utf8).base64EncodedString() }
    addText("base64_url_safe_encode") { text in
      let encoded = Data(text.utf8).base64EncodedString()
      return encoded.swapping("+", "-").swapping("/", "_")
    }
    addDecoding("base64_decode") { $0 }
    addDecoding("base64_url_safe_decode") { text in
      let plain = text.swapping("-", "+").swapping("_", "/")
      return plain + String(repeating: "=", count: (4 - plain.utf8.count % 4) % 4)
    }
  }

  private mutating func addDecoding(
    _ name: String, _ prepare: @escaping @Sendable (String) -> String
  ) {
    add(name) { value, arguments throws(FilterError) in
      guard let data = Data(base64Encoded: prepare(try arguments.text(value))),
        let text = String(validating: data, as: UTF8.self)
      else { throw FilterError("needs a text in Base64") }
      return .string(text)
    }
  }
}

extension String {
  fileprivate func swapping(_ old: String, _ new: String) -> String {
    parts(separatedBy: old).joined(separator: new)
  }

  fileprivate var urlDecoded: [UInt8] {
    let bytes = Array(utf8)
    var decoded: [UInt8] = []
    var place = 0
    while place < bytes.count {
      if bytes[place] == UInt8(ascii: "%"), place + 2 < bytes.count,
        let byte = UInt8(String(decoding: bytes[place + 1...place + 2], as: UTF8.self), radix: 16)
      {
        decoded.append(byte)
        place += 3
      } else {
        decoded.append(bytes[place] == UInt8(ascii: "+") ? 32 : bytes[place])
        place += 1
      }
    }
    return decoded
  }
}
