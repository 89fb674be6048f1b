// The interactive parts, each a plus to a page that works without them.
