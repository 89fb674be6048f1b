"""StratML (ISO 17469-1 and its Part 2), read leniently and written strictly.

`reader.read_plan(bytes)` gives a plan as plain data with a list of faults, `writer.write_plan(snapshot)`
the bytes of a Part 2 document. What has no element of its own goes into OtherInformation, in the
readable form of `notation`, and comes back from there.
"""
