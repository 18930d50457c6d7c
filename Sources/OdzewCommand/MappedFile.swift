internal import Foundation

/// A file whose bytes are read where the system keeps them, page by page as they are wanted.
///
/// It is for files that are moved into their place and never written to there: such a file stays what it was for
/// those who have mapped it, whatever takes its place.
struct MappedFile {
  let bytes: Data

  /// Maps a file; nil where there is none, or it is empty.
  init?(_ file: URL) {
    let descriptor = unsafe open(file.path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    let size = Int(lseek(descriptor, 0, SEEK_END))
    guard size > 0,
      let start = unsafe mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0),
      unsafe start != MAP_FAILED
    else { return nil }
    unsafe bytes = Data(
      bytesNoCopy: start, count: size, deallocator: .custom { unsafe munmap($0, $1) })
  }

  /// Gives back what has been read of it so far: a check of the whole file brings all of it, and few pages are
  /// wanted again.
  func giveBack() {
    unsafe bytes.withUnsafeBytes { bytes in
      let start = unsafe UnsafeMutableRawBufferPointer(mutating: bytes)
      _ = unsafe madvise(start.baseAddress, start.count, MADV_DONTNEED)
    }
  }
}
