// The least a process can do: what starting one costs.
int main(void) { return 0; }
