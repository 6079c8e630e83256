"""Time profiles: when the effect of a conversation falls. The file name is the name in a scenario."""
