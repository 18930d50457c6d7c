#!/usr/bin/env python3
"""The chat at a terminal: keys, pastes, widths, signals, and the terminal as it was afterwards."""
import fcntl, os, pathlib, pty, re, select, signal, struct, sys, termios, time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / ".build/release/odzew"
PATIENCE = 60
failures = []


class Chat:
    """The program behind a pseudo-terminal."""

    def __init__(self, *arguments, columns=80, rows=24, **environment):
        self.said = ""
        self.process, self.terminal = pty.fork()
        if self.process == 0:
            variables = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
            variables |= {"TERM": "xterm"} | environment
            # Until the size is set nobody may ask for it.
            sys.stdin.readline()
            os.execve(PROGRAM, [str(PROGRAM), "chat", *arguments], variables)
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.terminal)
        self.send("\n")

    def send(self, keys):
        os.write(self.terminal, keys.encode())

    def read(self, seconds):
        if not select.select([self.terminal], [], [], seconds)[0]:
            return False
        try:
            more = os.read(self.terminal, 65536)
        except OSError:
            return False
        self.said += more.decode(errors="replace")
        return bool(more)

    def expect(self, text, what):
        """Waits for a text that has not been waited for yet."""
        end = time.monotonic() + PATIENCE
        while text not in self.said and time.monotonic() < end:
            self.read(0.2)
        before, found, after = self.said.partition(text)
        if not found:
            failures.append(f"{what}: no {text!r} in {before[-600:]!r}")
        self.said = after
        return before

    def end(self, what, *, status=0):
        rest = self.said
        while self.read(PATIENCE):
            rest = self.said
        # Only a terminal that somebody still has open can be asked.
        _, code = os.waitpid(self.process, 0)
        if os.waitstatus_to_exitcode(code) != status:
            failures.append(f"{what}: ended with {os.waitstatus_to_exitcode(code)}")
        if termios.tcgetattr(self.terminal) != self.before:
            failures.append(f"{what}: the terminal is not as it was")
        os.close(self.terminal)
        return rest


def check(holds, what):
    if not holds:
        failures.append(what)


PROMPT = "buyer> "
chat = Chat("--order", "ZAM-2026-1001", columns=40)
chat.expect("?2004h", "prompt")
chat.send("paczk Gdzie jest moja\x1b[H\x1b[1;5C\x1b[Da\x1bb\x1b[D")
chat.send("\x01\x0b")  # and away with it
chat.send("Gdzie jest moja paczkx\x7fa?\r")
shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", chat.expect("?2004h", "a reply"))
reply = shown[shown.rindex("  bot> "):]
check("620123456789012345678901" in shown, f"an edited line is answered: {shown!r}")
check(all(len(line.rstrip()) <= 40 for line in reply.split("\n") if "https" not in line), f"wrapped: {reply!r}")
chat.send("\x1b[200~Dzień dobry,\r\njak mogę\r\nzwrócić kubek?\x1b[201~")
chat.expect("dobry,↵", "a paste shows its line ends")
chat.send("\r")
check("14 dni" in re.sub(r"\s+", " ", chat.expect("?2004h", "a reply to a paste")), "paste answered")
chat.send("/or\t\t")
chat.expect("/order ", "completion")
chat.expect("ZAM-2026-1003", "a list of orders")
chat.send("\x03")
chat.send("/quix\x7ft\r")
chat.end("/quit")

for name, number in [("SIGTERM", signal.SIGTERM), ("SIGINT", signal.SIGINT)]:
    chat = Chat()
    chat.expect("?2004h", name)
    chat.send("half a li")
    chat.expect("li", name)
    os.kill(chat.process, number)
    check("?2004l" in chat.end(name), f"{name}: pasting is as it was")

chat = Chat()
chat.expect("?2004h", "Ctrl-D")
chat.send("half\x03\x04")
chat.end("Ctrl-D")

chat = Chat(NO_COLOR="1")
chat.expect("?2004h", "NO_COLOR")
chat.send("hello\r")
check("\x1b[36m" not in chat.expect("?2004h", "NO_COLOR") , "NO_COLOR: no colours")
chat.send("\x04")
chat.end("NO_COLOR")

chat = Chat(TERM="dumb")
chat.expect(PROMPT, "TERM=dumb")
chat.send("hello\n\x04")
check("\x1b" not in chat.end("TERM=dumb"), "TERM=dumb: no escapes")

print("\n".join(failures) or "the chat behaves at a terminal")
sys.exit(1 if failures else 0)
