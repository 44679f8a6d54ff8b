"""Files that strangers made: read in a child process that may do little, for a short time, in little memory."""
