"""What figures are drawn with: colours, text, room, panels, sheets, simplices and trees in
ink."""
