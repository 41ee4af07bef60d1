"""What `huying doctor` looks at: this machine, the servers, the processes of a running stack."""
