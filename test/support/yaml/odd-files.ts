/** Files as one meets them, by what is odd about them. */
export const ODD_FILES: Readonly<Record<string, string>> = {
  'comments everywhere': `# About the file.

# About the name.
name: shop # behind the name
# About the stages.
stages: # behind stages
  # About install.
  install: # behind install
    # About run.
    run: npm ci # behind run
    # Below run.

  # Free between two stages.

  # About unit.
  unit:
    needs: [install] # behind needs
      # Deeper below needs.
    run: |  # behind the header
      npm test # no comment
    # Below a literal.
# At the end.
`,
  'CRLF, a byte order mark and no newline at the end':
    '\uFEFFname: a\r\nstages:\r\n  # one\r\n  x:\r\n    run: |\r\n      a\r\n      b\r\n  y: # two\r\n    needs: [x]\r\n    run: b',
  'lists in the column of their key': `on:
- push
- pull   # both
steps:
- run: a   # the first
  name: x
  # about env
  env:
    A: 1
# about the second
- run: b
- - nested
  - list
`,
  'flow collections over several lines': `matrix: {
  node: [
    22, # old
    # the new one
    24,
  ],
  os: [linux, "mac os",
       'windows'],   # three
  exclude: [ { node: 22,	os: linux } ],
}
empty: {}
list: [ ]
`,
  'block scalars of all headers': `a: |
  one
b: |-
   two

   lines
c: |+
  kept

d: >
  folded
  text
e: >-
    deeper
    text
f: >+
  kept

g: |2
    begins with blanks
h: |2-
   x
i: last
`,
  'odd indents': `a:
 b:
        c: 1
        d:
         - x
         -   y: 1
             z: 2
 e: 3
f:
      - 1
`,
  'quoted, Unicode and explicit keys': `"two words": 1
'it''s': 2
? explicit
: value # behind
? other
über: ü
日本: [語, 🚀]
🚀: "\\U0001F680"
שלום: עולם # right to left
1: number
true: yes
`,
  'empty values and blanks behind lines':
    'a:\nb:   \nc:\n  -\n  -   # nothing\n  - x  \nd: ~\n\n\ne: ""\t\nf: null\n   \n',
  'a document with its marks': `%YAML 1.2
---
# head
a: 1
b:
  - x
...
# behind the end
`,
  'anchors that are used and merge keys': `base: &base
  run: a
  env: { A: 1 }
x:
  <<: *base
  needs: []
y: { <<: *base, run: b }
z: last
`,
  'texts over several lines': `a: one
  two
b: "one
  two" # behind
c:
  'one

  two'
d:
  # in between
  e
f: 1
`,
};
