use super::*;

#[test]
fn a_byte_order_mark_and_foreign_line_ends_are_no_trouble() {
    let bytes = format!("\u{FEFF}{}", GOOD.replace('\n', "\r\n")).into_bytes();
    assert_eq!(decode("a.ron", &bytes).unwrap().source.text(), GOOD);
    assert_eq!(decode("a.ron", b"a\rb\r\n\rc").unwrap().source.text(), "a\nb\n\nc");
    assert_eq!(decode("a.ron", "“Ja” – ü, £".as_bytes()).unwrap().source.text(), "“Ja” – ü, £");
}

#[test]
fn utf16_is_refused_in_plain_words() {
    let utf16: Vec<u8> = GOOD.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_snapshot!(refused_bytes(&utf16), @r#"
    error[utf16]: This file is saved as UTF-16; save it as UTF-8
    --> a.ron
     = help: in the editor choose "Save as", and as the encoding "UTF-8"
    "#);
    let with_mark: Vec<u8> = [0xFE, 0xFF].into_iter().chain(GOOD.encode_utf16().flat_map(u16::to_be_bytes)).collect();
    assert_eq!(refused_bytes(&with_mark), refused_bytes(&utf16));
}

#[test]
fn another_encoding_is_refused_with_its_place() {
    assert_snapshot!(refused_bytes(b"(\r\n  id: \"caf\xE9\",\r\n)"), @r#"
    error[not-utf8]: This file is not saved as UTF-8: this character cannot be read
     --> a.ron:2:11
      |
    2 |   id: "caf�",
      |           ^
      |
      = help: in the editor choose "Save as", and as the encoding "UTF-8"
    "#);
}

#[test]
fn invisible_characters_are_refused_with_their_place() {
    assert_snapshot!(refused_bytes("(id: \"a\u{202E}b\",\n title: \"\u{0}\u{85}\")".as_bytes()), @r#"
    error[hidden-direction-mark]: An invisible character stands here that turns the direction of the text (U+202E)
     --> a.ron:1:8
      |
    1 | (id: "a�b",
      |        ^
      |
      = help: delete it; it is often pasted in with text from the web

    error[control-character]: An invisible control character stands here (U+0000)
     --> a.ron:2:10
      |
    2 |  title: "␀")
      |          ^
      |
      = help: delete it; only line ends and tabs may stand in a file

    error[control-character]: An invisible control character stands here (U+0085)
     --> a.ron:2:11
      |
    2 |  title: "␀")
      |           ^
      |
      = help: delete it; only line ends and tabs may stand in a file
    "#);
}

#[test]
fn characters_without_width_are_refused_with_their_place() {
    assert_snapshot!(refused_bytes("(ti\u{200B}tle: \"a\u{AD}b\")".as_bytes()).replace(['\u{200B}', '\u{AD}'], ""), @r#"
    error[invisible-character]: An invisible character stands here (U+200B)
     --> a.ron:1:4
      |
    1 | (title: "ab")
      |    ^
      |
      = help: delete it; it is often pasted in with text from the web

    error[invisible-character]: An invisible character stands here (U+00AD)
     --> a.ron:1:12
      |
    1 | (title: "ab")
      |           ^
      |
      = help: delete it; it is often pasted in with text from the web
    "#);
    for character in ['\u{2028}', '\u{2029}', '\u{2060}', '\u{FEFF}'] {
        let decoded = decode("a.ron", format!("(a{character}b: 1)").as_bytes()).unwrap();
        assert_eq!(decoded.findings[0].rule, "invisible-character", "{character:?}");
        assert_eq!(decoded.readable().text(), "(ab: 1)");
    }
    assert_eq!(refused_bytes("👩\u{200D}👧".as_bytes()), "", "one that joins letters or pictures may stand");
}

#[test]
fn what_is_no_text_at_all_is_told_once() {
    let picture: Vec<u8> = (0..4096_u32).map(|byte| u8::try_from(byte * 37 % 251).unwrap_or(0)).collect();
    let refused = decode("a.png", &picture).unwrap_err();
    assert_eq!(refused.findings.len(), 1);
    assert_eq!(refused.findings[0].rule, "not-utf8");
}

#[test]
fn a_file_too_large_is_not_read() {
    assert_snapshot!(refused_bytes(&vec![b' '; MAXIMUM_SIZE + 1]), @r"
    error[file-too-large]: This file is too large: 33 MiB
    --> a.ron
     = expected: at most 32 MiB
     = help: divide the scenario into several files
    ");
    assert!(decode("a.ron", vec![b' '; MAXIMUM_SIZE]).is_ok());
}
