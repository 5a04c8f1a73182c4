// The least a Swift process can do.
print("")
