"""What figures are drawn with.

Colours, text, room, panels, sheets, simplices and trees in ink.
"""
